# docker build -t hearthline .
# docker run --env-file .env -p 3000:3000 --read-only --cap-drop ALL --security-opt no-new-privileges \
#   -v hearthline-data:/app/data -v hearthline-recordings:/app/recordings --stop-timeout 3660 hearthline
#
# Live calls go on for up to an hour after the signal to stop, hence the stop timeout. Your own settings go over
# /app/config: -v ./config:/app/config:ro

FROM node:24-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
# No install scripts: the one native module, better-sqlite3, brings its binaries along.
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund
# What only compilers and people read is more than half of it.
RUN find node_modules -type f \
      \( -name '*.ts' -o -name '*.mts' -o -name '*.cts' -o -name '*.map' -o -iname 'readme*' -o -iname 'changelog*' \) -delete \
 && rm -rf node_modules/better-sqlite3/deps node_modules/better-sqlite3/src \
 && find node_modules/better-sqlite3/prebuilds -type f ! -name 'linux-*' -delete

FROM node:24-slim
ENV NODE_ENV=production
WORKDIR /app
# The only places that are written to.
RUN install -d -o node -g node data recordings
COPY --from=dependencies /app/node_modules ./node_modules
COPY package.json LICENSE NOTICE.md ./
COPY config ./config
COPY src ./src
# What the office looks at and switches, as in `docker exec <container> node scripts/outbound.ts stop`.
COPY scripts/calls.ts scripts/callers.ts scripts/crm.ts scripts/officers.ts scripts/jobs.ts scripts/outbound.ts \
     scripts/do-not-call.ts scripts/command-line.ts scripts/table.ts scripts/call-view.ts scripts/call-findings.ts ./scripts/
USER node
VOLUME ["/app/data", "/app/recordings"]
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3000}/healthz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# A small young generation: 250 calls then need half the memory, and its pauses stay short (docs/bench.md).
CMD ["node", "--max-semi-space-size=8", "src/main.ts"]

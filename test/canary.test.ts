import { fork } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import BetterSqlite from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import type { CanaryOrders, CanaryReport } from './canary-call.ts'

const DIGITS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine']

/** A private number that is planted in the talk. */
interface Canary {
  readonly digits: string
  /** Digit by digit, or as dates are said. */
  readonly said: string
}

const SSN = spelled('537219468')
const CARD = spelled('5555341212129908')
const ACCOUNT = spelled('88204491')
const PIN = spelled('937154')
const BIRTH = { digits: '19710509', said: 'May ninth nineteen seventy one' }
const EMAIL = 'zelda dot quimby at example dot com'

/** For each canary, everything it could be kept as. Digits may be grouped; of many, and of spoken ones, a part is enough. */
const FORMS: readonly RegExp[] = [
  ...[SSN, CARD, ACCOUNT, PIN].map(formsOf),
  /may\s*(?:the\s*)?(?:9|nine?th)|nineteen[\s-]seventy|(?<!\d)1971(?!\d)|0?5[/.-]0?9[/.-](?:19)?71(?!\d)/i,
  /quimby|zelda/i,
]

/** Nothing of an ordinary call is logged, so that a line is written for the log to hide. */
const LOGGED = `Not noted: card ${CARD.digits}, pin ${PIN.said}, social ${SSN.said}, account number ${ACCOUNT.digits}, born ${BIRTH.said}, ${EMAIL}`

const REQUESTS: CanaryOrders['requests'] = [
  { path: '/metrics' },
  { path: '/healthz' },
  { path: `/nothing/${CARD.digits}?ssn=${SSN.digits}` },
  { path: '/twilio/voice', method: 'POST', ...form(`SpeechResult=card+${CARD.digits}&CallSid=${CARD.digits}`) },
  { path: '/twilio/voice', method: 'POST', ...json(`{"card": ${CARD.digits}, broken`) },
  { path: '/twilio/voice', method: 'POST', ...form(`a[${CARD.digits}]=%E0%A4%A&${'x'.repeat(200_000)}`) },
]

const SCENARIO = {
  title: 'A caller says all the private numbers there are, and the model repeats them',
  settings: { office: 'closed' },
  // Words are understood when the answer to them has begun, as they often are.
  engine: { thinkMs: 300, transcriptionMs: 700 },
  model: [
    { when: { toolReturned: 'take_message' }, say: 'I noted it.' },
    { when: { callerSays: 'my social' }, say: 'Thank you, I wrote that down for you. Please go on.' },
    { when: { callerSays: 'my PIN' }, say: 'All right, I am listening. What else may I tell them?' },
    {
      when: { callerSays: 'my card' },
      say: `So that is ${grouped(CARD.digits)}. I note it.`,
      call: {
        name: 'take_message',
        arguments: {
          name: 'Ann Lee',
          message: `Card ${CARD.digits}, ${grouped(CARD.digits)}, social 537-21-9468, account number ${ACCOUNT.digits}.`,
        },
      },
    },
  ],
  talk: [
    'hear out',
    { say: `My social is ${SSN.said}, and I was born on ${BIRTH.said}. Write to ${EMAIL}.` },
    'hear out',
    { say: `My PIN is ${PIN.said}, and the account number is ${ACCOUNT.said}.` },
    'hear out',
    { say: `And my card is ${CARD.said}.` },
    { 'until tool': 'take_message' },
    'hear out',
    { press: PIN.digits },
    'hang up',
  ],
  expect: [{ record: { recording: 'kept' } }],
}

describe.concurrent('[S24] private numbers that are said in a call', () => {
  it.each([
    ['hides what was said', false],
    ['shows what was said', true],
  ])('are known to the engine and kept nowhere, with a log that %s', { timeout: 60_000 }, async (_, showPii) => {
    using call = await holdCall(showPii)
    expect(call.report.broken).toBeUndefined()
    expect(FORMS.filter((form) => !form.test(call.report.engineKnows))).toEqual([])
    expect(call.rows.length).toBeGreaterThan(50)
    expect(call.rows.filter((row) => row.startsWith('messages'))).toHaveLength(1)
    expect(call.report.answers).toHaveLength(REQUESTS.length)
    expect(call.output).toContain(showPii ? 'Not noted: ' : 'a line of the canary')
    for (const place of [...call.rows, ...call.files, call.output, ...call.report.answers])
      expect(FORMS.flatMap((form) => around(form, place))).toEqual([])
  })
})

/** The call, and everything it left behind. */
async function holdCall(showPii: boolean) {
  const folder = mkdtempSync(join(tmpdir(), 'canary-'))
  const output = join(folder, 'output')
  const fd = openSync(output, 'w')
  const child = fork(join(import.meta.dirname, 'canary-call.ts'), { stdio: ['ignore', fd, fd, 'ipc'], execArgv: [] })
  closeSync(fd)
  const exited = once(child, 'exit')
  const told = Promise.race([
    once(child, 'message'),
    exited.then(([code]) => Promise.reject(new Error(`it ended with ${code}: ${readFileSync(output, 'utf8')}`))),
  ])
  child.send({ folder, showPii, scenario: SCENARIO, logged: LOGGED, requests: REQUESTS } satisfies CanaryOrders)
  const report: CanaryReport = (await told)[0]
  await exited
  const data = join(folder, 'data')
  return {
    report,
    output: readFileSync(output, 'utf8'),
    files: readdirSync(data).map((name) => readFileSync(join(data, name), 'latin1')),
    rows: rowsOf(join(data, 'hearthline.sqlite')),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true }),
  }
}

function rowsOf(file: string): string[] {
  const database = new BetterSqlite(file)
  const tables = database.prepare("select name from sqlite_master where type = 'table'").pluck().all() as string[]
  const rows = tables.flatMap((table) =>
    database
      .prepare(`select * from "${table}"`)
      .all()
      .map((row) => `${table} ${JSON.stringify(row)}`),
  )
  database.close()
  return rows
}

function around(form: RegExp, text: string): string[] {
  const found = form.exec(text)
  return found ? [`${form} in ...${text.slice(Math.max(0, found.index - 200), found.index + 100)}`] : []
}

function spelled(digits: string): Canary {
  return { digits, said: Array.from(digits, (digit) => DIGITS[Number(digit)]).join(' ') }
}

function grouped(digits: string): string {
  return digits.match(/.{4}/g)!.join(' ')
}

/** Written, in any groups; eight digits of it; and four of it as they are said. */
function formsOf({ digits, said }: Canary): RegExp {
  const words = said.split(' ')
  const forms = [
    `(?<!\\d)${Array.from(digits).join('[\\s.,-]{0,2}')}(?!\\d)`,
    ...Array.from(digits.slice(7), (_, at) => digits.slice(at, at + 8)),
    ...words.slice(3).map((_, at) => words.slice(at, at + 4).join('[\\s,.-]+')),
  ]
  return new RegExp(forms.join('|'), 'i')
}

function form(body: string) {
  return { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body }
}

function json(body: string) {
  return { headers: { 'content-type': 'application/json' }, body }
}

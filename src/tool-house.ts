import { join } from 'node:path'
import { createCallBacks } from './business/call-backs.ts'
import { createOptOuts, isOptedOut } from './business/consent/opt-outs.ts'
import { loadKnowledge } from './business/knowledge.ts'
import type { Messages } from './business/messages.ts'
import { createPreparedTexts } from './business/texting/prepared-texts.ts'
import type { Config } from './config/schema.ts'
import type { Clock } from './lib/clock.ts'
import { HearthlineError } from './lib/errors.ts'
import type { OfficeHouse } from './office-house.ts'
import { hideInMessage } from './pipeline-house.ts'
import type { Database } from './storage/database.ts'
import { createAnswerQuestion } from './tools/answer-question.ts'
import { createBookTime } from './tools/book-time.ts'
import { createCancelAppointment } from './tools/cancel-appointment.ts'
import { createChangeAppointment } from './tools/change-appointment.ts'
import { createConnectExtension } from './tools/connect-extension.ts'
import { createConnectOfficer } from './tools/connect-officer.ts'
import { createEndCall } from './tools/end-call.ts'
import { createFindTimes } from './tools/find-times.ts'
import { createHoldTime } from './tools/hold-time.ts'
import { createMyAppointments } from './tools/my-appointments.ts'
import { createRequestCallBack } from './tools/request-call-back.ts'
import { createSendText } from './tools/send-text.ts'
import { createStopContacting } from './tools/stop-contacting.ts'
import { createTakeMessage } from './tools/take-message.ts'
import type { Tool } from './tools/tool.ts'

export interface ToolHouseOptions {
  readonly config: Config
  readonly database: Database
  readonly messages: Messages
  readonly office: Pick<OfficeHouse, 'scheduling' | 'officers' | 'outbound'>
  readonly clock: Clock
}

/** The tools the agent's file names, in its order. A new tool is added here, and nowhere else in the composition. */
export function buildTools(options: ToolHouseOptions): Tool[] {
  const { agent } = options.config
  const tools = allTools(options).map(withoutPrivateWords)
  return agent.tools.map((wanted) => {
    const tool = tools.find(({ name }) => name === wanted)
    if (tool) return tool
    const known = tools.map(({ name }) => name).join(', ')
    throw new HearthlineError('tool_unknown', `Agent ${agent.key} wants the tool ${wanted}. Known tools: ${known}.`)
  })
}

function allTools({ config, database, messages, office, clock }: ToolHouseOptions): Tool[] {
  const { company, texting, configDir } = config
  const { scheduling, officers, outbound } = office
  const officeZone = company.timeZone
  const texts = { reaches: async (number: string) => texting.enabled && !(await isOptedOut(database, number)) }
  return [
    createAnswerQuestion(loadKnowledge(join(configDir, 'facts.yaml'))),
    createTakeMessage(messages),
    createFindTimes({ times: scheduling, clock, officeZone }),
    createHoldTime(scheduling),
    createBookTime({ times: scheduling, texts }),
    createMyAppointments(scheduling),
    createChangeAppointment({ times: scheduling, texts }),
    createCancelAppointment(scheduling),
    createConnectOfficer(officers),
    createConnectExtension(config.officers.extensions),
    createRequestCallBack({
      callBacks: createCallBacks({ database, clock, outbound, office: company }),
      ...{ clock, officeZone },
    }),
    createSendText({
      texts: createPreparedTexts(database, { settings: texting, company: company.name, clock }),
      prepared: texting.prepared.map(({ id }) => id),
    }),
    createStopContacting(createOptOuts(database, { clock })),
    createEndCall(),
  ]
}

/** Arguments that hold what a caller said. Ids are left alone: there are digits in them. */
const SAID: ReadonlySet<string> = new Set(['name', 'about', 'message', 'reason'])

/** What a tool keeps or passes on is without the numbers nobody may keep, whatever the model made of them (S24). */
function withoutPrivateWords(tool: Tool): Tool {
  const hide = ([name, value]: [string, unknown]) =>
    [name, SAID.has(name) && typeof value === 'string' ? hideInMessage(value) : value] as const
  return {
    ...tool,
    run: (args, context) => tool.run(Object.fromEntries(Object.entries(args as object).map(hide)), context),
  }
}

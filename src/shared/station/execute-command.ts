import { assertNever } from '../base/assert.ts'
import { reprintWaybill, voidParcel } from './areas/parcel-corrections.ts'
import { assignHouseCode } from './commands/assign-house-code.ts'
import type { StationCommand } from './commands/command.ts'
import { describeThing, resolveDiscrepancy } from './commands/sync-commands.ts'
import { noteEvidence } from './commands/evidence-commands.ts'
import { confirmWantedFor } from './commands/confirm-wanted-for.ts'
import {
  type ImportOutcome,
  importBins,
  importNotice,
  importOrders,
  importSkus,
  loadWaybills,
} from './commands/import-commands.ts'
import { recordFetched, setFetchedAside, writeOffFetched } from './commands/fetched-commands.ts'
import { labelOrder, voidLabel } from './commands/label-commands.ts'
import { sharePool, takeNumbersUp, writeOffNumbers } from './commands/number-commands.ts'
import { chooseCourierOf, refuseCourierRules, setExtras } from './commands/dispatch-commands.ts'
import { mergeAsWritten, mergeOrders, partOrders } from './commands/merge-commands.ts'
import { changeBatch, printBatch, resumeBatch } from './commands/batch-commands.ts'
import { giveUpPrint, printDeliveryNote, reprintJob, sendPrintAgain } from './commands/print-commands.ts'
import { refuseLayout } from './commands/refuse-layout.ts'
import { confirmOrder, flagOrder, holdOrder, noteOrder, recordTransfer } from './commands/order-commands.ts'
import { refusePackingRules } from './commands/refuse-packing-rules.ts'
import { refuseRole } from './commands/refuse-role.ts'
import { countSupply, saveSupply } from './commands/supply-commands.ts'
import { dissolveBatch, liftShort, planWave } from './commands/pick-commands.ts'
import { putMeta } from './counters.ts'
import type { CommandEffect, Decision } from './decision.ts'
import { decideContext, type StationEnvironment } from './environment.ts'
import { shelveTasks } from './shelve-tasks.ts'
import { postEvents, queuedJob, STATION_PAPERS, stamped, writePersonal } from './log-writer.ts'
import type { ReadTx, StationStore, WriteTx } from './store.ts'
import { type CommandAnswer, type PrintBatchRow, TABLE_NAMES } from './tables.ts'

/** What a command came to. */
export interface CommandOutcome {
  readonly answer: CommandAnswer
  readonly printJobIds: readonly string[]
  /** The command was known already; its stored answer is given and nothing was done. */
  readonly repeated: boolean
}

/** Executes a command that is no scan, once, in one durable transaction. */
export function executeCommand(
  store: StationStore,
  env: StationEnvironment,
  command: StationCommand,
): Promise<CommandOutcome> {
  return store.write(TABLE_NAMES, async (tx) => {
    const known = (await tx.where('records', 'commandId', command.commandId))[0]
    if (known) return { answer: known.answer ?? { tag: 'done' }, printJobIds: [], repeated: true }
    const effect = await decideCommand(tx, env, command)
    return writeEffect(tx, env, command, effect)
  })
}

async function decideCommand(
  tx: ReadTx,
  env: StationEnvironment,
  command: StationCommand,
): Promise<CommandEffect> {
  const person = command.personId === null ? null : ((await tx.get('people', command.personId)) ?? null)
  const context = decideContext(env, command.at, person)
  const refused = await refuseRole(tx, command, person)
  if (refused) return refused
  switch (command.type) {
    case 'SaveSettings':
      return (
        refuseLayout(command.settings) ??
        refuseCourierRules(command.settings) ??
        refusePackingRules(command.settings) ??
        done([
          {
            type: 'SettingsChanged',
            movements: [],
            entities: [],
            body: { settings: { ...command.settings } },
          },
        ])
      )
    case 'SavePerson':
      return done([{ type: 'PersonSaved', movements: [], entities: [], body: { person: command.person } }])
    case 'SignIn':
      return { answer: { tag: 'done' }, session: command.signIn }
    case 'ImportSkus':
      return imported(await importSkus(tx, command))
    case 'ImportBins':
      return imported(await importBins(tx, command))
    case 'ImportNotice':
      return imported(await importNotice(tx, command))
    case 'LoadWaybills':
      return imported(await loadWaybills(tx, command))
    case 'ImportOrders':
      return imported(await importOrders(tx, command, context))
    case 'ConfirmWanted':
      return confirmWantedFor(tx, command)
    case 'FlagOrder':
      return flagOrder(tx, command)
    case 'HoldOrder':
      return holdOrder(tx, command)
    case 'NoteOrder':
      return noteOrder(tx, command, context)
    case 'RecordTransfer':
      return recordTransfer(tx, command, context)
    case 'ConfirmOrder':
      return confirmOrder(tx, command, context)
    case 'AssignHouseCode':
      return assignHouseCode(tx, command.skuCode, context)
    case 'MergeOrders':
      return mergeOrders(tx, command, context)
    case 'PartOrders':
      return partOrders(tx, command, context)
    case 'MergeAsWritten':
      return mergeAsWritten(tx, command, context)
    case 'ChooseCourier':
      return chooseCourierOf(tx, command, context)
    case 'SetExtras':
      return setExtras(tx, command, context)
    case 'LabelOrder':
      return labelOrder(tx, command, context)
    case 'VoidLabel':
      return voidLabel(tx, command, context)
    case 'VoidParcel':
      return answered(await voidParcel(tx, { parcelId: command.parcelId, reason: command.reason, context }))
    case 'ReprintWaybill':
      return answered(await reprintWaybill(tx, { parcelId: command.parcelId, reason: command.reason }))
    case 'DescribeThing':
      return describeThing(tx, command)
    case 'ResolveDiscrepancy':
      return resolveDiscrepancy(tx, command)
    case 'RecordFetchedWaybill':
      return recordFetched(tx, command)
    case 'SetFetchedAside':
      return setFetchedAside(tx, command, context)
    case 'WriteOffFetched':
      return writeOffFetched(tx, command, context)
    case 'SharePool':
      return sharePool(tx, command, context)
    case 'TakeNumbersUp':
      return takeNumbersUp(tx, command, context)
    case 'WriteOffNumbers':
      return writeOffNumbers(tx, command)
    case 'PrintPaper': {
      const { jobId, document, subject, reason, printerId = null } = command
      const print = { jobId, document, subject, reason, printerId, personRef: null }
      return { answer: { tag: 'done' }, prints: [print] }
    }
    case 'PrintBatch':
      return printBatch(tx, command)
    case 'ChangeBatch':
      return changeBatch(tx, command)
    case 'ResumeBatch':
      return resumeBatch(tx, command)
    case 'ReprintJob':
      return reprintJob(tx, command)
    case 'SendPrintAgain':
      return sendPrintAgain(tx, command)
    case 'GiveUpPrint':
      return giveUpPrint(tx, command)
    case 'PrintDeliveryNote':
      return printDeliveryNote(tx, command, context)
    case 'NoteEvidence':
      return noteEvidence(tx, command)
    case 'SaveSupply':
      return saveSupply(command)
    case 'CountSupply':
      return countSupply(tx, command)
    case 'PlanWave':
      return planWave(tx, command, context)
    case 'DissolveBatch':
      return dissolveBatch(tx, command)
    case 'LiftShort':
      return liftShort(tx, command)
    default:
      return assertNever(command, 'command')
  }
}

const done = (events: NonNullable<Decision['events']>): CommandEffect => ({ answer: { tag: 'done' }, events })

const imported = ({ answer, events, personal }: ImportOutcome): CommandEffect => ({
  answer,
  events,
  personal,
})

/** The batch as it stands from now on; its record carries the command, which has no event. */
function writeBatch(
  tx: WriteTx,
  batch: PrintBatchRow,
  carrier: { readonly commandId: string; readonly answer: CommandAnswer },
): void {
  tx.put('records', { kind: 'person', id: STATION_PAPERS, data: { what: 'batch', batch }, ...carrier })
  tx.put('printBatches', batch)
}

/** A correction decided as on the floor, answered as a command: the reason is the tag. */
function answered({ answer, ...effect }: Decision): CommandEffect {
  const { task: _task, question: _question, ...rest } = effect
  return { ...rest, answer: { tag: answer.reason, params: answer.params } }
}

async function writeEffect(
  tx: WriteTx,
  env: StationEnvironment,
  command: StationCommand,
  effect: CommandEffect,
): Promise<CommandOutcome> {
  const { commandId, at, personId } = command
  const { answer } = effect
  const facts = { ...effect.counters, ...effect.facts }
  putMeta(tx, facts)
  if (effect.session !== undefined) tx.put('meta', { key: 'session', value: effect.session })
  const people = (effect.personal ?? []).map(({ personRef }) => personRef)
  const [carrying] = await postEvents(
    tx,
    effect.events ?? [],
    { identity: env.identity, commandId, at, personId },
    {
      commandId,
      answer,
      ...(Object.keys(facts).length > 0 ? { meta: facts } : {}),
      ...(people.length > 0 ? { people } : {}),
    },
  )
  for (const { personRef, data } of effect.personal ?? [])
    writePersonal(tx, personRef, stamped(data, carrying))
  if (effect.batch) writeBatch(tx, effect.batch, { commandId, answer })
  if (effect.shelf) shelveTasks(tx, effect.shelf, { commandId, at, personId, answer, meta: facts })
  const jobs = (effect.prints ?? []).map((print) => queuedJob(print, at))
  for (const job of [...(effect.jobs ?? []), ...jobs])
    writePersonal(tx, job.personRef, { what: 'print', job })
  return { answer, printJobIds: jobs.map((job) => job.jobId), repeated: false }
}

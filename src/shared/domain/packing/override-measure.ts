import { type Answer, ask, right, stop } from '../answer.ts'
import { mayAct, type Person } from '../people/person.ts'
import { placeMeasured } from './decide-pack.ts'
import { isPending, nextPackStep } from './pack-steps.ts'
import type { PackOutcome, PackTask } from './pack-task.ts'

/** Who may let pass what the station stopped. */
const mayOverride = (person: Person): boolean => mayAct(person, 'supervisor')

/** PAK-3: the person's badge lets the piece pass with its measure as it is; name and reason stay with it. */
export function overrideMeasure(
  task: PackTask,
  person: Person,
  { measureMm, reason, at }: { readonly measureMm: number; readonly reason: string; readonly at: number },
): PackOutcome {
  const line = task.lines.find(isPending)
  if (!line) return { task, answer: stop('nothingToDo', 'PAK-3', nextPackStep(task)) }
  if (!mayOverride(person))
    return { task, answer: stop('roleWanted', 'PAK-3', { params: { name: person.name } }) }
  const override = { reason, personId: person.personId, name: person.name, at }
  const next = placeMeasured(task, line, { measureMm, at, override })
  const params = { name: person.name, title: line.title, measureMm }
  return { task: next, answer: right('measureOverridden', 'PAK-3', { params, ...nextPackStep(next) }) }
}

/** Asks for the badge of somebody who may let it pass. */
export const overrideBadgeWanted = (): Answer => ask('signatureWanted', 'PAK-3', { next: 'managerBadge' })

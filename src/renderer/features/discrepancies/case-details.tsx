import { App, Button, Input } from 'antd'
import { useLiveQuery } from '../../data/use-live-query.ts'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Decided } from '../../../shared/domain/sync/events.ts'
import { useStation } from '../../app/station-app.ts'
import { Note } from '../../ui/small-parts.tsx'
import { BalanceSide } from './balance-side.tsx'
import { Decision, subjectInWords } from './case-list.tsx'
import { type CaseRow, caseKind, readCase } from './case-rows.ts'
import { readSides, type Sides } from './case-sides.ts'
import { EndSides } from './end-sides.tsx'
import { LoadSides } from './load-sides.tsx'
import { ParcelSides } from './parcel-sides.tsx'
import { WriteSides } from './write-sides.tsx'

/** Writes down what was decided; answers whether it was taken. */
export type Decide = (decision: Decided, note: string) => Promise<boolean>

/** One contradiction: both sides, what would put it right, and the decision. */
export function CaseDetails({ id, onClose }: { id: string; onClose: () => void }): ReactElement | null {
  const { t } = useTranslation(['safety', 'office'])
  const { database } = useStation()
  const decide = useDecide(id)
  const loaded = useLiveQuery(async () => {
    const found = await readCase(database, id)
    return { found, sides: found ? await readSides(database, found) : null }
  }, [database, id])
  if (loaded === undefined) return null
  const { found, sides } = loaded
  const kind = found === null ? null : caseKind(found.kind)
  const standing = found !== null && found.row !== null
  return (
    <section className="case" data-case={id} data-kind={found?.kind ?? ''}>
      <header>
        <h2>{kind ? t(`office:discrepancy.${kind}.title`) : (found?.kind ?? t('cases.title'))}</h2>
        {found && <span className="mono">{subjectInWords(found)}</span>}
        <button type="button" className="aside-close" data-action="close-details" onClick={onClose}>
          {t('cases.close')}
        </button>
      </header>
      {!standing && <Note tone="ok">{t('cases.notHere')}</Note>}
      {found?.resolution && (
        <p className="case-decision">
          <Decision found={found} />
        </p>
      )}
      {found && sides && <Both found={found} sides={sides} decide={decide} />}
      {standing && <OwnDecision decide={decide} />}
    </section>
  )
}

interface BothProps {
  readonly found: CaseRow
  readonly sides: Sides
  readonly decide: Decide
}

function Both({ found, sides, decide }: BothProps): ReactElement {
  switch (sides.of) {
    case 'parcels':
      return <ParcelSides found={found} sides={sides} decide={decide} />
    case 'balance':
      return <BalanceSide sides={sides} />
    case 'ends':
      return <EndSides sides={sides} />
    case 'loads':
      return <LoadSides sides={sides} />
    case 'writes':
      return <WriteSides subject={found.subject} sides={sides} decide={decide} />
  }
}

function useDecide(discrepancyId: string): Decide {
  const { t } = useTranslation('safety')
  const { message } = App.useApp()
  const station = useStation()
  return async (decision, note) => {
    const { answer } = await station.run({ type: 'ResolveDiscrepancy', discrepancyId, decision, note })
    if (answer.tag === 'roleWanted') void message.error(t('managerWanted'))
    else if (answer.tag === 'gone') void message.info(t('cases.gone2'))
    else void message.success(t('cases.recorded'))
    return answer.tag === 'done'
  }
}

/** What no button does: it has been put right some other way, or it stays as it is; with a sentence why. */
function OwnDecision({ decide }: { decide: Decide }): ReactElement {
  const { t } = useTranslation('safety')
  const [note, setNote] = useState('')
  const [missing, setMissing] = useState(false)
  const send = async (decision: Decided): Promise<void> => {
    const tidy = note.trim()
    setMissing(tidy === '')
    if (tidy !== '' && (await decide(decision, tidy))) setNote('')
  }
  return (
    <div className="case-own">
      <Input
        name="decisionNote"
        value={note}
        maxLength={500}
        status={missing ? 'error' : ''}
        aria-label={t('cases.note')}
        placeholder={t(missing ? 'cases.noteMissing' : 'cases.note')}
        onChange={(event) => setNote(event.target.value)}
      />
      <Button data-action="repaired-by-hand" onClick={() => void send('repaired')}>
        {t('cases.repairedByHand')}
      </Button>
      <Button data-action="let-it-stand" onClick={() => void send('accepted')}>
        {t('cases.letStand')}
      </Button>
    </div>
  )
}

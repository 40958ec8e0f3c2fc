import { useLiveQuery } from '../../data/use-live-query.ts'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { normaliseCode } from '../../../shared/base/text.ts'
import { courierName } from '../../../shared/domain/shipping/couriers.ts'
import { fullJob } from '../../../shared/station/print-job.ts'
import type { HandoverRow, ParcelFinish, ParcelRow, PrintJobRow } from '../../../shared/station/tables.ts'
import { useStation } from '../../app/station-app.ts'
import { hashOfRoute } from '../../app/use-route.ts'
import type { StationDatabase } from '../../data/station-database.ts'
import { DefinitionList, Note, Panel, Tag } from '../../ui/small-parts.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { ParcelEvidence } from '../evidence/parcel-evidence.tsx'
import { LabelPreview } from '../office/label-preview.tsx'
import { AsideHead } from '../office/office-page.tsx'
import { useFigures } from '../office/use-figures.ts'
import { useRuleWords } from '../packing-rules/use-rule-words.ts'
import { DeliveryNoteButton } from '../printing/delivery-note-button.tsx'
import { JOB_TONES, usePaperWords } from '../printing/paper-words.ts'
import { PARCEL_TONES } from './archive-columns.tsx'
import { ParcelCorrections } from './parcel-corrections.tsx'
import { Trail } from './parcel-trail.tsx'

interface FullParcel {
  readonly parcel: ParcelRow
  readonly finish: ParcelFinish
  /** The label and its reprints, oldest first. */
  readonly jobs: readonly PrintJobRow[]
  readonly handover: HandoverRow | null
  /** Who voided it. */
  readonly voidedBy: string
}

async function loadFullParcel(database: StationDatabase, waybillNumber: string): Promise<FullParcel | null> {
  const parcel = await database.parcels.where('waybillNumber').equals(normaliseCode(waybillNumber)).first()
  const finish = parcel?.finish
  if (!parcel || !finish) return null
  const [jobs, handover, voider] = await Promise.all([
    database.printJobs.where('subject').equals(finish.waybillNumber).sortBy('createdAt'),
    parcel.handedOver ? database.handovers.get(parcel.handedOver.handoverNo) : undefined,
    parcel.voided?.personId ? database.people.get(parcel.voided.personId) : undefined,
  ])
  return { parcel, finish, jobs: jobs.map(fullJob), handover: handover ?? null, voidedBy: voider?.name ?? '' }
}

interface ParcelDetailsProps {
  readonly waybillNumber: string
  readonly onClose: () => void
}

/** All that proves what went into a parcel, who packed it and who took it away (ARC-1). */
export function ParcelDetails({ waybillNumber, onClose }: ParcelDetailsProps): ReactElement | null {
  const { database } = useStation()
  const { t } = useTranslation('office')
  const found = useLiveQuery(
    async () => ({ full: await loadFullParcel(database, waybillNumber) }),
    [database, waybillNumber],
  )
  if (found === undefined) return null
  const { full } = found
  if (full === null)
    return (
      <AsideHead kind={t('parcel.parcel')} title={waybillNumber} onClose={onClose}>
        <EmptyState icon="archive" title={t('parcel.unknown')} />
      </AsideHead>
    )
  const { parcel, finish } = full
  return (
    <>
      <AsideHead
        kind={courierName(parcel.courier)}
        title={<span className="mono">{finish.waybillNumber}</span>}
        sub={finish.destination}
        onClose={onClose}
      >
        <div className="aside-actions">
          <Tag tone={PARCEL_TONES[parcel.state]}>{t(`parcelState.${parcel.state}`)}</Tag>
          {finish.orderNumbers.map((number) => (
            <a key={number} href={hashOfRoute('orders', [number])}>
              {number}
            </a>
          ))}
        </div>
        <Voided full={full} />
        <ParcelCorrections parcel={parcel} />
        <div className="aside-actions">
          <DeliveryNoteButton parcel={parcel} />
        </div>
      </AsideHead>
      <Items finish={finish} />
      <Facts full={full} />
      <ParcelEvidence parcel={parcel} />
      <Label full={full} />
      <Trail finish={finish} />
    </>
  )
}

function Voided({ full: { parcel, voidedBy } }: { full: FullParcel }): ReactElement | null {
  const { t } = useTranslation('office')
  const figures = useFigures()
  const { voided } = parcel
  if (!voided) return null
  const reason = VOID_REASONS.find((known) => known === voided.reason)
  return (
    <Note tone="stop">
      {t('parcel.voided', {
        at: figures.time(voided.at),
        by: voidedBy,
        reason: reason ? t(`voidReason.${reason}`) : voided.reason,
      })}
    </Note>
  )
}

const VOID_REASONS = ['buyerCancelled', 'wrongContent', 'damaged', 'packAgain', 'packedTwice'] as const

/** What is inside, each measured piece with the measure wanted and the one taken. */
function Items({ finish }: { finish: ParcelFinish }): ReactElement {
  const { t } = useTranslation('office')
  return (
    <Panel title={t('parcel.items')}>
      <ul className="rows">
        {finish.lines.map((line) => (
          <li key={`${line.orderId} ${line.lineNo}`}>
            <span>
              <a href={hashOfRoute('stock', ['sku', line.skuCode])}>{line.title}</a>
              <small>{line.labelText}</small>
              {line.wantedMm !== null && (
                <small>
                  {t('parcel.measures', {
                    wanted: String(line.wantedMm),
                    tolerance: String(line.toleranceMm),
                    taken: line.pieces.map((piece) => piece.measuredMm ?? '—').join(' / '),
                  })}
                </small>
              )}
            </span>
            <b>× {line.quantity}</b>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function Facts({ full: { parcel, finish, handover } }: { full: FullParcel }): ReactElement {
  const { t } = useTranslation('office')
  const figures = useFigures()
  const { line } = useRuleWords()
  const source = finish.weightSource
  const weight = figures.grams(finish.weightGrams)
  const handed = parcel.handedOver
  const { sizeMm, volumetricGrams, rules = [] } = finish
  const counts = volumetricGrams === undefined ? [] : [figures.grams(volumetricGrams)]
  const sizeFacts = sizeMm
    ? [{ name: t('parcel.size'), value: [`${sizeMm.join(' × ')} mm`, ...counts].join(' · ') }]
    : []
  const confirmed = rules.flatMap(({ lines }) => lines).map(line)
  const ruleFacts = rules.length > 0 ? [{ name: t('parcel.confirmed'), value: confirmed.join('、') }] : []
  return (
    <Panel title={t('parcel.facts')}>
      <DefinitionList
        items={[
          { name: t('parcel.packer'), value: finish.packerName || '—' },
          { name: t('parcel.finishedAt'), value: figures.time(finish.at) },
          {
            name: t('goods.weight'),
            value: source === null ? weight : `${weight} · ${t(`parcel.weightBy.${source}`)}`,
          },
          ...sizeFacts,
          ...ruleFacts,
          { name: t('parcel.handover'), value: handed?.handoverNo ?? t('parcel.notYet') },
          ...(handed === null
            ? []
            : [
                { name: t('parcel.handedAt'), value: figures.time(handed.at) },
                { name: t('parcel.signedBy'), value: handover?.signedBy || '—' },
                { name: t('parcel.theirWeight'), value: figures.grams(handed.theirWeightGrams) },
                { name: t('parcel.theirFee'), value: figures.yuan(handed.theirFeeFen) },
              ]),
        ]}
      />
    </Panel>
  )
}

/** The label as it was printed, and every time it was. */
function Label({ full: { finish, jobs } }: { full: FullParcel }): ReactElement {
  const { t } = useTranslation('office')
  const original = jobs.find((job) => job.jobId === finish.labelJobId)
  return (
    <Panel title={t('parcel.label')}>
      {original ? (
        <LabelPreview document={original.document} alt={t('parcel.label')} />
      ) : (
        <span>{t('parcel.labelMasked')}</span>
      )}
      <ul className="rows">
        {jobs.map((job) => (
          <PrintedFile key={job.jobId} job={job} first={job.jobId === finish.labelJobId} />
        ))}
      </ul>
    </Panel>
  )
}

/** The printed file itself: a browser shows it in a tab beside the station; the station's own window only saves it. */
function LabelLink({ job: { file } }: { job: PrintJobRow }): ReactElement {
  const { description, space } = useStation()
  const name = file.split(/[\\/]/).at(-1) ?? file
  const opening = description.host === 'http' ? { target: '_blank', rel: 'noreferrer' } : { download: name }
  return (
    <small className="mono">
      <a href={`/files/${space}/labels/${encodeURIComponent(name)}`} title={file} {...opening}>
        {name}
      </a>
    </small>
  )
}

function PrintedFile({ job, first }: { job: PrintJobRow; first: boolean }): ReactElement {
  const { t } = useTranslation(['office', 'printing'])
  const figures = useFigures()
  const words = usePaperWords()
  const facts = [figures.time(job.createdAt), words.copy(job), job.printerName].filter(Boolean)
  return (
    <li data-job={job.jobId} data-state={job.state}>
      <span>
        {first ? t('parcel.firstPrint') : words.paper(job)}
        <small>{facts.join(' · ')}</small>
        {job.file !== '' && <LabelLink job={job} />}
        {job.detail !== '' && <small>{job.detail}</small>}
      </span>
      <Tag tone={JOB_TONES[job.state]}>{t(`printing:state.${job.state}`)}</Tag>
    </li>
  )
}

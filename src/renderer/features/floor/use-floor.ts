import { useLiveQuery } from '../../data/use-live-query.ts'
import { useCallback, useEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { type Answer, stop } from '../../../shared/domain/answer.ts'
import type { TracePoint } from '../../../shared/domain/packing/weighing.ts'
import { type Area, parseScan, recordableScan } from '../../../shared/domain/scan.ts'
import type { Question } from '../../../shared/domain/task.ts'
import type { Task, TaskOf } from '../../../shared/station/tables.ts'
import { useStation } from '../../app/station-app.ts'
import { afterFrame } from '../../data/after-frame.ts'
import type { StationDatabase } from '../../data/station-database.ts'
import { turns } from '../../data/turns.ts'
import { startScanner } from '../../scan/scanner.ts'
import { playSound, prepareSound } from '../../ui/sound.ts'
import { type Cell, createCell, useCell } from './cell.ts'
import { createSlowKeys } from './slow-keys.ts'

/** The verdict on screen: null before the first scan; `seq` counts answers and never skips one. */
export interface FloorVerdict {
  readonly answer: Answer | null
  readonly seq: number
}

/** A floor screen's door to the station. */
export interface Floor {
  readonly area: Area
  /** In a cell of its own: the verdict is drawn first and alone, the rest follows from the tables. */
  readonly verdict: Cell<FloorVerdict>
  /** Text keyed outside fields that waits for its Enter; keys must not draw the whole screen either. */
  readonly pending: Cell<string>
  /** A question that stood before the screen was opened; any scan answers or drops it. */
  readonly question: Question | null
  /** Queues a scan, a control word or an answer; all are executed one after another. */
  readonly send: (raw: string, scaleTrace?: readonly TracePoint[]) => void
}

const NOTHING_YET: FloorVerdict = { answer: null, seq: 0 }

/** Listens to the scanner while the screen is open and answers every scan, in order, when its effect is on disk. */
export function useFloor(area: Area): Floor {
  const station = useStation()
  const [verdict] = useState(() => createCell(NOTHING_YET))
  const [pending] = useState(() => createCell(''))
  const queue = useRef<Promise<unknown>>(Promise.resolve())
  const shown = useRef(false)

  const send = useCallback(
    (raw: string, scaleTrace?: readonly TracePoint[]): void => {
      // A scan that was made is executed, even when the screen has been left before its turn came.
      const answered = queue.current.then(() => answerTo(station, { area, raw, scaleTrace }))
      queue.current = answered
      void answered.then((answer) => {
        if (!shown.current) return
        // One commit per answer: two answers in one batch would merge into one on screen.
        flushSync(() => verdict.set({ answer, seq: verdict.read().seq + 1 }))
        playSound(answer.verdict === 'right' ? 'right' : answer.verdict === 'ask' ? 'ask' : 'stop')
      })
    },
    [station, area, verdict],
  )

  useEffect(() => {
    shown.current = true
    const quiet = requestIdleCallback(prepareSound)
    const showKeys = createSlowKeys(pending.set)
    const onPending = (text: string): void => {
      if (text !== '') turns.announce()
      showKeys(text)
    }
    const stopListening = startScanner((scan) => send(scan.text), { onPending })
    return () => {
      shown.current = false
      cancelIdleCallback(quiet)
      stopListening()
    }
  }, [send, pending])

  return { area, verdict, pending, question: useQuestion(area), send }
}

/** Never rejects: a scan that could not be stored is answered as such, and the next one has its turn. */
async function answerTo(
  station: ReturnType<typeof useStation>,
  { area, raw, scaleTrace }: { area: Area; raw: string; scaleTrace: readonly TracePoint[] | undefined },
): Promise<Answer> {
  try {
    const { answer, task } = await station.scan(area, raw, scaleTrace)
    if (task !== undefined) afterFrame(() => deskOf(station.database, area).set(task))
    return answer
  } catch {
    return stop('notStored', 'PAK-2', { params: { code: recordableScan(raw, parseScan(raw)) } })
  }
}

type Desk = Cell<Task | null | undefined>

const desks = new WeakMap<StationDatabase, Map<Area, Desk>>()

/** The open task of an area as this window knows it last: from its own scan, or from the table. */
function deskOf(database: StationDatabase, area: Area): Desk {
  const known = desks.get(database) ?? new Map<Area, Desk>()
  desks.set(database, known)
  const desk = known.get(area) ?? createCell<Task | null | undefined>(undefined)
  known.set(area, desk)
  return desk
}

/**
 * The open task of the area; null when there is none, undefined until it has been read. After a scan of this window it
 * is known at once; the table tells what another window, or the hub, has done to it.
 */
export function useTask<A extends Area>(area: A): TaskOf<A> | null | undefined {
  const { database } = useStation()
  const desk = deskOf(database, area)
  useLiveQuery(async () => {
    const stored = (await database.desk.get(area)) ?? null
    // What is known already need not be drawn again.
    if (JSON.stringify(stored) !== JSON.stringify(desk.read())) desk.set(stored)
  }, [database, area])
  return useCell(desk) as TaskOf<A> | null | undefined
}

function useQuestion(area: Area): Question | null {
  const { database } = useStation()
  const row = useLiveQuery(() => database.meta.get(`question:${area}`), [database, area])
  return (row?.value as Question | undefined) ?? null
}

/**
 * What the station answers to a scan: a verdict, the reason as a tag (the words are the renderer's), the rule, and
 * figures and names for the words. Answers are stored with their work step, so that a repeated command gives the same.
 */

/** Green, red, or a question. `idle` stands on screen before the first scan. */
export type VerdictKind = 'idle' | 'right' | 'stop' | 'ask'

/**
 * Every reason a floor screen can give (interface.md, stable handles: `data-reason`). The list is documented in
 * docs/verdicts.md.
 */
export const REASONS = [
  // what a code turned out to be
  'unknownCode',
  'ambiguousCode',
  'notHere',
  'notReadable',
  'notStored',
  'unknownBadge',
  'noTask',
  'roleWanted',
  'signedIn',
  // everywhere
  'undone',
  'nothingToUndo',
  'held',
  'resumed',
  'reprinted',
  'reasonWanted',
  'noQuestion',
  'answered',
  'nextTask',
  'nothingToDo',
  'taskOpen',
  // goods-in
  'receiveOpened',
  'pieceCounted',
  'quantitySet',
  'measureWanted',
  'measured',
  'measureOutOfRange',
  'defectMarked',
  'linkWanted',
  'codeLinked',
  'nothingCounted',
  'signed',
  'signatureWanted',
  'samePerson',
  'posted',
  // putaway
  'pieceInHand',
  'binWanted',
  'putAway',
  'wrongBinKind',
  'binFull',
  'notOnDock',
  // pick
  'pickOpened',
  'binRight',
  'wrongBin',
  'piecePicked',
  'pickDone',
  'nothingToPick',
  'batchOpened',
  'orderAdded',
  'orderDropped',
  'wallFull',
  'slotWanted',
  'putInSlot',
  'wrongSlot',
  'nothingToPut',
  'pieceSorted',
  'shortWanted',
  'shortNoted',
  'stopMoved',
  'piecesStand',
  'piecesReturned',
  // pack
  'parcelOpened',
  'piecePacked',
  'parcelComplete',
  'wrongSku',
  'surplusPiece',
  'missingPiece',
  'offMeasure',
  'weightTaken',
  'weightWanted',
  'weightOff',
  'weightAccepted',
  'measureOverridden',
  'packingChosen',
  'sizeTaken',
  'orderCancelled',
  'orderNotPaid',
  'orderHeld',
  'orderChanged',
  'addressWanted',
  'addressConfirmed',
  'notAllocated',
  'wantedConfirmed',
  'alreadyFinished',
  'packingElsewhere',
  'poolDry',
  'labelPrinted',
  'labelOutdated',
  'labelElsewhere',
  'labelVoided',
  'finished',
  'voided',
  // hand-over
  'handoverOpened',
  'parcelHanded',
  'alreadyHanded',
  'wrongCourier',
  'notFinished',
  'parcelVoided',
  'weightNoted',
  'feeNoted',
  'courierSignatureWanted',
  'handedOver',
] as const
export type Reason = (typeof REASONS)[number]

/** A numbered choice on screen, answered by `ANS-n`. */
export interface Choice {
  /** Tag of the words, for instance `linkTo` or `reasonTorn`. */
  readonly tag: string
  readonly params?: Params
}
export type Params = Readonly<Record<string, string | number>>

export interface Answer {
  readonly verdict: VerdictKind
  readonly reason: Reason
  /** The rule that decided, for instance `PAK-1`. */
  readonly rule: string
  readonly params: Params
  /** Tag of the next action named on screen. */
  readonly next: string
  readonly nextParams?: Params
  readonly choices?: readonly Choice[]
}

interface AnswerDetail {
  readonly params?: Params
  readonly next?: string
  readonly nextParams?: Params
  readonly choices?: readonly Choice[]
}

function answer(verdict: VerdictKind, reason: Reason, rule: string, detail: AnswerDetail): Answer {
  return {
    verdict,
    reason,
    rule,
    params: detail.params ?? {},
    next: detail.next ?? reason,
    ...(detail.nextParams ? { nextParams: detail.nextParams } : {}),
    ...(detail.choices ? { choices: detail.choices } : {}),
  }
}

/** The scan was right and has had its effect. */
export const right = (reason: Reason, rule: string, detail: AnswerDetail = {}): Answer =>
  answer('right', reason, rule, detail)

/** Something is wrong; nothing was changed but the record of the scan. */
export const stop = (reason: Reason, rule: string, detail: AnswerDetail = {}): Answer =>
  answer('stop', reason, rule, detail)

/** The station needs something before it can go on. */
export const ask = (reason: Reason, rule: string, detail: AnswerDetail = {}): Answer =>
  answer('ask', reason, rule, detail)

import type { LabelBox } from './label-model.ts'

/** Layouts think in millimetres, labels hold integer micrometres. */
export const mm = (millimetres: number): number => Math.round(millimetres * 1000)

/** A box given in millimetres. */
export function boxMm(x: number, y: number, width: number, height: number): LabelBox {
  return { xUm: mm(x), yUm: mm(y), widthUm: mm(width), heightUm: mm(height) }
}

export const rightOf = (box: LabelBox): number => box.xUm + box.widthUm
export const bottomOf = (box: LabelBox): number => box.yUm + box.heightUm
export const isEmpty = (box: LabelBox): boolean => box.widthUm <= 0 || box.heightUm <= 0
export const sameBox = (a: LabelBox, b: LabelBox): boolean =>
  a.xUm === b.xUm && a.yUm === b.yUm && a.widthUm === b.widthUm && a.heightUm === b.heightUm

/** True when they share more than an edge. */
export function overlap(a: LabelBox, b: LabelBox): boolean {
  return a.xUm < rightOf(b) && b.xUm < rightOf(a) && a.yUm < bottomOf(b) && b.yUm < bottomOf(a)
}

export function contains(outer: LabelBox, inner: LabelBox): boolean {
  return (
    inner.xUm >= outer.xUm &&
    inner.yUm >= outer.yUm &&
    rightOf(inner) <= rightOf(outer) &&
    bottomOf(inner) <= bottomOf(outer)
  )
}

/** What both cover; without any extent when they lie apart. */
export function intersection(a: LabelBox, b: LabelBox): LabelBox {
  const xUm = Math.max(a.xUm, b.xUm)
  const yUm = Math.max(a.yUm, b.yUm)
  return {
    xUm,
    yUm,
    widthUm: Math.max(0, Math.min(rightOf(a), rightOf(b)) - xUm),
    heightUm: Math.max(0, Math.min(bottomOf(a), bottomOf(b)) - yUm),
  }
}

/** The rectangles, each as large as it can be, that stay of `box` beside `hole`: left, right, above, below. */
function strips(box: LabelBox, hole: LabelBox): LabelBox[] {
  return [
    { ...box, widthUm: hole.xUm - box.xUm },
    { ...box, xUm: rightOf(hole), widthUm: rightOf(box) - rightOf(hole) },
    { ...box, heightUm: hole.yUm - box.yUm },
    { ...box, yUm: bottomOf(hole), heightUm: bottomOf(box) - bottomOf(hole) },
  ].filter((strip) => !isEmpty(strip))
}

/** The largest rectangle of `box` that keeps out of the holes, found hole by hole; empty when nothing is left. */
export function largestBeside(box: LabelBox, holes: readonly LabelBox[]): LabelBox {
  const area = (strip: LabelBox): number => strip.widthUm * strip.heightUm
  return holes.reduce((rest, hole) => {
    if (!overlap(rest, hole)) return rest
    const [largest] = strips(rest, hole).sort((a, b) => area(b) - area(a))
    return largest ?? NOTHING
  }, box)
}

const NOTHING: LabelBox = { xUm: 0, yUm: 0, widthUm: 0, heightUm: 0 }

/** What stays of a filled rectangle when the holes are cut out, in pieces that do not overlap. */
export function cutOut(box: LabelBox, holes: readonly LabelBox[]): LabelBox[] {
  return holes.reduce<LabelBox[]>(
    (rest, hole) =>
      rest.flatMap((piece) => {
        if (!overlap(piece, hole)) return [piece]
        const middle = intersection(piece, { ...piece, yUm: hole.yUm, heightUm: hole.heightUm })
        const [left, right] = [
          { ...middle, widthUm: hole.xUm - middle.xUm },
          { ...middle, xUm: rightOf(hole), widthUm: rightOf(middle) - rightOf(hole) },
        ]
        const above = { ...piece, heightUm: hole.yUm - piece.yUm }
        const below = { ...piece, yUm: bottomOf(hole), heightUm: bottomOf(piece) - bottomOf(hole) }
        return [above, left, right, below].filter((part) => !isEmpty(part))
      }),
    [box],
  )
}

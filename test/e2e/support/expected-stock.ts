/**
 * Pieces by place, SKU and measure, kept by the tests from the scans they make; plain addition, no code of the product.
 */
export class ExpectedStock {
  readonly #pieces = new Map<string, number>()

  /** `quantity` pieces go from one place to another. */
  move(piece: { sku: string; mm?: number | null }, quantity: number, from: string, to: string): void {
    this.#add(from, piece, -quantity)
    this.#add(to, piece, quantity)
  }

  #add(place: string, { sku, mm }: { sku: string; mm?: number | null }, quantity: number): void {
    const key = `${place} ${sku.normalize('NFKC').toUpperCase()} ${mm ?? ''}`.trim()
    const sum = (this.#pieces.get(key) ?? 0) + quantity
    if (sum === 0) this.#pieces.delete(key)
    else this.#pieces.set(key, sum)
  }

  /** Sorted, for comparing. */
  entries(): Record<string, number> {
    return Object.fromEntries([...this.#pieces].sort(([a], [b]) => (a < b ? -1 : 1)))
  }
}

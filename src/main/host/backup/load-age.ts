/** The encryption library, loaded when first needed: it takes longer to load than the rest of the host to start. */
export function loadAge(): Promise<typeof import('age-encryption')> {
  return import('age-encryption')
}

/** The two functions of the package that are used: octets of RFC 8010 from objects and back. */
declare module '@sealsystems/ipp' {
  export function serialize(message: Record<string, unknown>): Buffer
  /** @throws Error on octets that are no IPP message */
  export function parse(octets: Buffer): Record<string, unknown>
}

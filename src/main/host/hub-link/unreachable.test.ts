import { describe, expect, it } from 'vitest'
import { unreachableFrom } from './unreachable.ts'

const failure = (code: string) => Object.assign(new Error(`connect ${code}`), { code })

describe('why a hub is not reached', () => {
  it.each([
    ['ENETUNREACH', 'noNetwork'],
    ['EHOSTUNREACH', 'noNetwork'],
    ['EAI_AGAIN', 'noNetwork'],
    ['ENOTFOUND', 'nameUnknown'],
    ['ECONNREFUSED', 'refused'],
    ['ETIMEDOUT', 'timeout'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls'],
    ['CERT_HAS_EXPIRED', 'tls'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls'],
    ['ECONNRESET', 'other'],
    ['toString', 'other'],
  ])('SYN-5 %s is %s', (code, cause) => {
    expect(unreachableFrom(failure(code), true).cause).toBe(cause)
  })

  it('SYN-5 blames no name while there is no network at all', () => {
    expect(unreachableFrom(failure('ENOTFOUND'), false).cause).toBe('noNetwork')
    expect(unreachableFrom(failure('ECONNREFUSED'), false).cause).toBe('refused')
  })

  it('SYN-5 names the code where there are no words', () => {
    const error = Object.assign(new AggregateError([failure('ECONNREFUSED')], ''), { code: 'ECONNREFUSED' })
    expect(unreachableFrom(error, true)).toEqual({
      tag: 'unreachable',
      cause: 'refused',
      detail: 'ECONNREFUSED',
    })
  })
})

import { describe, expect, it } from 'vitest'
import { readHubArguments } from './command-line.ts'

function read(line: string) {
  return readHubArguments(line.split(' ').filter((word) => word !== ''))
}

describe('hub command line', () => {
  it('SYN-3 runs on a directory, on loopback and the usual port', () => {
    expect(read('--data /d')).toEqual({
      tag: 'run',
      database: { tag: 'embedded', directory: '/d' },
      port: 4400,
      host: '127.0.0.1',
      tls: null,
      insecureLan: false,
      openFigures: false,
    })
  })

  it('SYN-3 takes a server before a directory', () => {
    const database = { tag: 'server', url: 'postgres://u:p@h/d' }
    expect(read('--database postgres://u:p@h/d --data /d')).toMatchObject({ tag: 'run', database })
    expect(read('code --database postgres://u:p@h/d --port 1')).toEqual({ tag: 'code', database })
  })

  it('SEC-1 leaves this computer only with TLS or when told so by name', () => {
    expect(read('--data /d --host 0.0.0.0').tag).toBe('wrong')
    expect(read('--data /d --host 192.168.1.5').tag).toBe('wrong')
    expect(read('--data /d --tls-cert c').tag).toBe('wrong')
    expect(read('--data /d --host 192.168.1.5 --insecure-lan')).toMatchObject({ insecureLan: true })
    expect(read('--data /d --tls-cert c --tls-key k')).toMatchObject({
      host: '0.0.0.0',
      tls: { certificate: 'c', key: 'k' },
    })
    expect(read('--data /d --host ::1')).toMatchObject({ tag: 'run', host: '::1' })
  })

  it.each([
    '',
    '--data',
    '--data /d --port 65536',
    '--data /d --port x',
    '--database mysql://h/d',
    '--data /d --unheard-of',
    'serve --data /d',
    'code --data /d more',
  ])('SYN-3 says what is wrong with "%s" in both languages', (line) => {
    const answer = read(line)
    expect(answer.tag).toBe('wrong')
    if (answer.tag !== 'wrong') return
    expect(answer.text.zh).toMatch(/[\u4e00-\u9fff]/)
    expect(answer.text.en).toMatch(/^[\x20-\x7e…]+$/)
  })
})

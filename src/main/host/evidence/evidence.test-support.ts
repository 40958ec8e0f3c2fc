import { type AppendFile, type OpenAppendFile, openAppendFile } from '../append-file.ts'

/** A disk that tests fill up: it refuses what lies beyond `room` bytes more, after writing what still fits. */
export interface TestDisk {
  room: number
  readonly openFile: OpenAppendFile
}

export function testDisk(): TestDisk {
  const disk: TestDisk = {
    room: Number.POSITIVE_INFINITY,
    openFile: async (path) => limited(await openAppendFile(path), disk),
  }
  return disk
}

function limited(file: AppendFile, disk: TestDisk): AppendFile {
  return {
    ...file,
    write: async (bytes, position) => {
      const fits = Math.min(bytes.length, disk.room)
      disk.room -= fits
      if (fits > 0) await file.write(bytes.subarray(0, fits), position)
      if (fits < bytes.length) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
    },
  }
}

const element = (id: string, body: Uint8Array): Buffer => {
  const size = Buffer.alloc(4)
  size.writeUInt32BE(0x10000000 + body.length)
  return Buffer.concat([Buffer.from(id, 'hex'), size, body])
}
const openEnded = (id: string): Buffer => Buffer.from(`${id}01ffffffffffffff`, 'hex')

/**
 * A live recording as the browser's recorder makes it, without a duration: a header, then a cluster of open size with a
 * frame every `frameMs`, cut into chunks wherever a second ends.
 */
export function recordedChunks(seconds: number, frameMs = 100, frameBytes = 400): Buffer[] {
  const header = Buffer.concat([
    element('1a45dfa3', element('4282', Buffer.from('webm'))),
    openEnded('18538067'),
    element(
      '1549a966',
      Buffer.concat([
        element('2ad7b1', Buffer.from('0f4240', 'hex')),
        element('4d80', Buffer.from('Chrome')),
      ]),
    ),
    element('1654ae6b', element('ae', element('d7', Buffer.from([1])))),
    openEnded('1f43b675'),
    element('e7', Buffer.from([0])),
  ])
  return Array.from({ length: seconds }, (_, second) => {
    const frames = Array.from({ length: 1000 / frameMs }, (_unused, frame) => {
      const block = Buffer.alloc(4 + frameBytes, second + 1)
      block[0] = 0x81
      block.writeInt16BE(second * 1000 + frame * frameMs, 1)
      return element('a3', block)
    })
    return Buffer.concat(second === 0 ? [header, ...frames] : frames)
  })
}

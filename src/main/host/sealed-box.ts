import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { z } from 'zod'

/** AES-256-GCM output, each part in base64. */
export const SealedBoxSchema = z.object({ iv: z.string(), tag: z.string(), text: z.string() })
export type SealedBox = z.infer<typeof SealedBoxSchema>

/** Encrypts under a 32-byte key with a fresh 96-bit nonce; `context` is authenticated and not stored. */
export function sealBox(key: Uint8Array, plain: Uint8Array, context: string): SealedBox {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, iv)
  cipher.setAAD(Buffer.from(context))
  const text = Buffer.concat([cipher.update(plain), cipher.final()])
  return {
    iv: iv.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
    text: text.toString('base64'),
  }
}

/** Decrypts, or null when key, content or context are not those that sealed it. */
export function openBox(key: Uint8Array, box: SealedBox, context: string): Uint8Array | null {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(box.iv, 'base64'), {
      authTagLength: 16,
    })
    decipher.setAAD(Buffer.from(context))
    decipher.setAuthTag(Buffer.from(box.tag, 'base64'))
    return Buffer.concat([decipher.update(Buffer.from(box.text, 'base64')), decipher.final()])
  } catch {
    return null
  }
}

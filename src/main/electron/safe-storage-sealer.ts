import { safeStorage } from 'electron'
import type { KeySealer } from '../host/master-keys.ts'

/**
 * The operating system's key store, or null where there is none worth the name: on Linux without a keyring Chromium
 * falls back to a password that is the same everywhere, which protects less than a file of mode 0600 and would be
 * reported as sealed. Newer runtimes deprecate the synchronous calls and older ones have no others, hence both.
 */
export async function openSafeStorageSealer(): Promise<KeySealer | null> {
  if (process.platform === 'linux') {
    const backend = safeStorage.getSelectedStorageBackend()
    if (backend === 'basic_text' || backend === 'unknown') return null
  }
  if (typeof safeStorage.encryptStringAsync === 'function') {
    if (!(await safeStorage.isAsyncEncryptionAvailable())) return null
    return {
      seal: (secret) => safeStorage.encryptStringAsync(secret),
      open: async (sealed) => (await safeStorage.decryptStringAsync(Buffer.from(sealed))).result,
    }
  }
  if (!safeStorage.isEncryptionAvailable()) return null
  return {
    seal: async (secret) => safeStorage.encryptString(secret),
    open: async (sealed) => safeStorage.decryptString(Buffer.from(sealed)),
  }
}

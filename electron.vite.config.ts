import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

/**
 * Build targets are set by hand: the same bundle must run in the official Electron, in older runtimes and in
 * ordinary browsers (the loopback host serves the renderer to whichever browser the PC has).
 */
export default defineConfig({
  main: {
    build: {
      target: 'node20',
      rollupOptions: {
        input: {
          desktop: resolve('src/main/desktop.ts'),
          http: resolve('src/main/http.ts'),
          hub: resolve('src/hub/index.ts'),
        },
      },
    },
  },
  // The two files that must be CommonJS: a sandboxed preload script, and the file that Electron loads first, because
  // not every runtime holds "ready" back until an ES module has been loaded. They share no code, so no chunk.
  preload: {
    build: {
      target: 'node20',
      outDir: 'out',
      emptyOutDir: false,
      rollupOptions: {
        input: {
          'preload/index': resolve('src/preload/index.ts'),
          'main/index': resolve('src/main/index.ts'),
        },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    plugins: [react()],
    worker: { format: 'es' },
    build: {
      target: 'chrome130',
      rollupOptions: { input: { index: resolve('src/renderer/index.html') } },
    },
  },
})

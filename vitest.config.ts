import react from '@vitejs/plugin-react'
import { playwright } from '@vitest/browser-playwright'
import { defineConfig } from 'vitest/config'
import { chromiumArguments, findChromium } from './scripts/find-chromium.mjs'

const chromium = findChromium()

/** What must come about, however slow the machine is; a second, as it comes with vitest, would be a measurement. */
const patient = { poll: { timeout: 30_000 } }

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          expect: patient,
          include: [
            'src/**/*.test.ts',
            'test/contract/*.node.test.ts',
            'test/fixtures/*.test.ts',
            'test/sync/*.test.ts',
          ],
          setupFiles: ['test/support/property-seed.ts'],
          environment: 'node',
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'sim',
          expect: patient,
          include: ['test/simulation/**/*.sim.test.ts'],
          environment: 'node',
          testTimeout: 3_600_000,
        },
      },
      {
        test: {
          name: 'pg',
          expect: patient,
          include: ['test/**/*.pg.test.ts', 'src/hub/**/*.pg.test.ts'],
          environment: 'node',
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'e2e',
          expect: patient,
          include: ['test/e2e/*.e2e.test.ts'],
          environment: 'node',
          testTimeout: 300_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'long',
          expect: patient,
          include: ['test/e2e/*.long.test.ts', 'test/simulation/*.long.test.ts'],
          environment: 'node',
          testTimeout: 1_500_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
      {
        plugins: [react()],
        // Found late, these would reload the page in the middle of a test.
        optimizeDeps: {
          include: [
            '@tanstack/react-virtual',
            'antd',
            'antd/locale/en_US',
            'antd/locale/zh_CN',
            'dexie',
            'dexie-react-hooks',
            'exceljs',
            'read-excel-file/web-worker',
            'zod',
            'zustand',
            '@noble/hashes/sha2.js',
            '@noble/hashes/utils.js',
            'i18next',
            'react',
            'react-dom/client',
            'react-i18next',
            'react/jsx-dev-runtime',
          ],
        },
        test: {
          name: 'browser',
          expect: patient,
          include: ['test/browser/**/*.browser.test.{ts,tsx}'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            viewport: { width: 1366, height: 768 },
            provider: playwright({
              launchOptions: {
                args: chromiumArguments,
                ...(chromium === null ? {} : { executablePath: chromium }),
              },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
})

import { Modal } from 'antd'
import { createElement } from 'react'
import { createRoot } from 'react-dom/client'
import { expect, it } from 'vitest'
import { UiRoot } from '../../src/renderer/ui/ui-root.tsx'

const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve))

it('interface: a dialog stands where it stays from its first frame, so that a click at once meets its button', async () => {
  const host = document.createElement('div')
  document.body.append(host)
  const root = createRoot(host)
  const body = createElement('button', { type: 'button', 'data-action': 'first' }, '导入')
  const dialog = createElement(Modal, { open: true, centered: true, footer: null, title: '预览' }, body)
  root.render(createElement(UiRoot, { language: 'zh-CN', dark: false }, dialog))
  const button = (): Element | null => document.querySelector('[data-action="first"]')
  while (!button()?.getBoundingClientRect().width) await frame()
  const boxes: string[] = []
  for (let at = 0; at < 30; at += 1) {
    boxes.push(JSON.stringify(button()?.getBoundingClientRect()))
    await frame()
  }
  root.unmount()
  host.remove()
  expect(new Set(boxes).size).toBe(1)
})

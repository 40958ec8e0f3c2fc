import { App } from 'antd'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { type ScreenCommand, useStation } from '../../app/station-app.ts'

const REFUSALS = [
  'gone',
  'notOpen',
  'onDesk',
  'elsewhere',
  'notAlike',
  'tooMany',
  'roleWanted',
  'reasonWanted',
  'unknownSku',
  'measured',
] as const

/** Runs a command that says how an order goes out, and says so when it is refused. Answers whether it was done. */
export function useDispatchCommand(): (command: ScreenCommand) => Promise<boolean> {
  const { t } = useTranslation('dispatch')
  const { message } = App.useApp()
  const { run } = useStation()
  return useCallback(
    async (command) => {
      const { answer } = await run(command)
      if (answer.tag === 'done' || answer.tag === 'unchanged') return true
      const known = REFUSALS.find((tag) => tag === answer.tag)
      const words = known
        ? String(t(`merge.refused.${known}`, { ...answer.params } as never))
        : t('merge.refused.other', { detail: answer.tag })
      void message.error(words)
      return false
    },
    [t, message, run],
  )
}

import { App, Button, Input, Popconfirm } from 'antd'
import { type FormEvent, type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { courierName } from '../../../shared/domain/shipping/couriers.ts'
import { useStation } from '../../app/station-app.ts'
import { Note } from '../../ui/small-parts.tsx'
import { useFigures } from '../office/use-figures.ts'

/**
 * Numbers that wait for a person after a restore (SYN-2): the last label that was printed is scanned, or it is said
 * that there was none.
 */
export function NumbersAside({ courier, count }: { courier: string; count: number }): ReactElement {
  const { t } = useTranslation(['safety', 'common'])
  const { message } = App.useApp()
  const station = useStation()
  const figures = useFigures()
  const [last, setLast] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const words = { courier: courierName(courier), number: figures.number(count) }
  const takeUp = async (lastUsed: string | null): Promise<void> => {
    const { answer } = await station.run({ type: 'TakeNumbersUp', courier, lastUsed })
    if (answer.tag === 'roleWanted') setProblem(t('managerWanted'))
    else if (answer.tag === 'unknownNumber') setProblem(t('pools.unknownNumber'))
    else void message.success(t('pools.takenUp', { number: figures.number(answer.counts?.numbers ?? 0) }))
  }
  const send = (event: FormEvent): void => {
    event.preventDefault()
    if (last.trim() !== '') void takeUp(last.trim())
  }
  return (
    <section className="numbers-aside" role="alert" data-aside={courier} data-count={count}>
      <b>{t('pools.asideTitle', words)}</b>
      <p>{t('pools.asideWhy')}</p>
      <p>{t('pools.asideTodo', words)}</p>
      <form onSubmit={send}>
        <Input
          name={`last-${courier}`}
          className="mono"
          aria-label={t('pools.last')}
          placeholder={t('pools.last')}
          autoComplete="off"
          data-scan-target=""
          value={last}
          onChange={(event) => {
            setProblem(null)
            setLast(event.target.value)
          }}
        />
        <Button type="primary" htmlType="submit" data-action="take-up" disabled={last.trim() === ''}>
          {t('pools.takeUp')}
        </Button>
        <Popconfirm
          title={t('pools.noneConfirm', words)}
          okText={t('pools.sure')}
          okButtonProps={{ 'data-action': 'confirm' }}
          cancelText={t('common:action.cancel')}
          onConfirm={() => takeUp(null)}
        >
          <Button data-action="none-printed">{t('pools.none')}</Button>
        </Popconfirm>
      </form>
      {problem !== null && <Note tone="stop">{problem}</Note>}
    </section>
  )
}

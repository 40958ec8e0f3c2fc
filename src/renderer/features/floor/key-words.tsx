import { Fragment, type ReactElement } from 'react'
import { Key } from '../../ui/small-parts.tsx'

/** Words in which every part between backticks is a code to look for or to scan. */
export function KeyWords({ text }: { text: string }): ReactElement {
  const parts = text.split('`').map((part, index) => ({ part, at: index }))
  return (
    <>
      {parts.map(({ part, at }) =>
        at % 2 === 1 && part !== '' ? <Key key={at}>{part}</Key> : <Fragment key={at}>{part}</Fragment>,
      )}
    </>
  )
}

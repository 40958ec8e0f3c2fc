import { Component, type ReactNode } from 'react'

interface Props {
  /** What stands in the place of a part that broke. */
  readonly fallback: (error: unknown) => ReactNode
  readonly children: ReactNode
}

/** Keeps a fault in one screen from taking the others down: the frame and the work go on. */
export class ErrorBoundary extends Component<Props, { readonly broken: boolean; readonly error: unknown }> {
  override readonly state = { broken: false, error: undefined as unknown }

  static getDerivedStateFromError(error: unknown) {
    return { broken: true, error }
  }

  override render(): ReactNode {
    return this.state.broken ? this.props.fallback(this.state.error) : this.props.children
  }
}

import { Drawer } from 'antd'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon, type IconName } from './icon.tsx'

interface RailItem {
  readonly route: string
  readonly href: string
  readonly label: string
  readonly icon: IconName
}

interface NavRailProps {
  readonly label: string
  readonly items: readonly RailItem[]
  readonly groups: readonly { readonly title: string; readonly items: readonly RailItem[] }[]
  readonly currentRoute: string
}

/** The daily screens as icon and word, and a drawer with all of them. */
export function NavRail({ label, items, groups, currentRoute }: NavRailProps): ReactElement {
  const { t } = useTranslation(['shell', 'common'])
  const [open, setOpen] = useState(false)
  const elsewhere = items.every((item) => item.route !== currentRoute)
  return (
    <nav className="nav-rail" aria-label={label}>
      <div className="nav-items">
        {items.map((item) => (
          <NavLink key={item.route} item={item} current={item.route === currentRoute} />
        ))}
      </div>
      {groups.length > 0 && (
        <button
          type="button"
          className={elsewhere ? 'nav-item nav-item-on' : 'nav-item'}
          data-action="all-screens"
          aria-expanded={open}
          onClick={() => setOpen(true)}
        >
          <Icon name="more" />
          <span>{t('common:action.more')}</span>
        </button>
      )}
      <Drawer title={t('allScreens')} placement="left" size={520} open={open} onClose={() => setOpen(false)}>
        {groups.map((group) => (
          <section key={group.title} className="nav-group">
            <h2>{group.title}</h2>
            <div>
              {group.items.map((item) => (
                <NavLink
                  key={item.route}
                  item={item}
                  current={item.route === currentRoute}
                  onGo={() => setOpen(false)}
                />
              ))}
            </div>
          </section>
        ))}
      </Drawer>
    </nav>
  )
}

function NavLink({
  item,
  current,
  onGo,
}: {
  item: RailItem
  current: boolean
  onGo?: () => void
}): ReactElement {
  return (
    <a
      className={current ? 'nav-item nav-item-on' : 'nav-item'}
      href={item.href}
      data-nav={item.route}
      aria-current={current ? 'page' : undefined}
      onClick={onGo}
    >
      <Icon name={item.icon} />
      <span>{item.label}</span>
    </a>
  )
}

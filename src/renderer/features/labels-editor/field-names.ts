import type { resources } from '../../i18n/resources.ts'

/** Fields that have a name on screen; a test holds the list against the fields of all kinds. */
export type FieldName = keyof (typeof resources)['zh-CN']['labels']['field']

/** Layouts that have a name on screen. */
export type LayoutName = keyof (typeof resources)['zh-CN']['labels']['layoutName']

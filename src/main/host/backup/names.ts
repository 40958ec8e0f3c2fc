import { STATION_FILE } from '../data-directory.ts'
import { EVIDENCE_FOLDER } from '../evidence/evidence-settings.ts'
import { HUB_FILE } from '../hub-link/enrolment.ts'
import { PRINT_LEDGER } from '../print-ledger.ts'

/** First entry of every archive; says what it is before anything else is unpacked. */
export const MANIFEST_NAME = 'packbench-backup.json'
export const JOURNAL_NAME = 'journal/journal.jsonl'
export const MARKS_NAME = 'journal/journal.marks.jsonl'
export const SETTINGS_NAME = 'backup.json'
export const OWNER_NAME = 'owner.json'
export const MASTER_KEYS_NAME = 'master-keys.json'
export const PEOPLE_KEYS_NAME = 'people-keys.jsonl'
export const STATION_NAME = STATION_FILE
export const HUB_NAME = HUB_FILE
export const LEDGER_NAME = PRINT_LEDGER

/** Files of a data directory that a backup replaces as a whole: what it does not hold must not stay either. */
export const SINGLE_FILES: readonly string[] = [
  STATION_NAME,
  OWNER_NAME,
  MASTER_KEYS_NAME,
  PEOPLE_KEYS_NAME,
  HUB_NAME,
  SETTINGS_NAME,
  LEDGER_NAME,
  JOURNAL_NAME,
  MARKS_NAME,
]

/** Folders whose files go along as evidence. */
export const EVIDENCE_FOLDERS = ['labels', 'exports'] as const

/** Clips and stills (PAK-8) lie in a folder for each day, beside the index that finds them. */
export const CLIPS_FOLDER = EVIDENCE_FOLDER
const DAY_FOLDER = /^\d{8}$/

/**
 * True for the names that an archive may hold, and for no other: an entry cannot leave the directory, hide, or put a
 * file where the station would not look for it.
 */
export function isArchiveName(name: string): boolean {
  if (name === MANIFEST_NAME) return true
  if (name !== MARKS_NAME && SINGLE_FILES.includes(name)) return true
  const segments = name.split('/')
  const file = segments.at(-1) ?? ''
  return isEvidenceFolder(segments.slice(0, -1)) && isEvidenceName(file)
}

function isEvidenceFolder([folder = '', day, ...rest]: readonly string[]): boolean {
  if (folder === CLIPS_FOLDER) return rest.length === 0 && (day === undefined || DAY_FOLDER.test(day))
  return day === undefined && EVIDENCE_FOLDERS.some((one) => one === folder)
}

/** True for the folders of single days below {@link CLIPS_FOLDER}. */
export const isDayFolder = (name: string): boolean => DAY_FOLDER.test(name)

/** A label's, an export's or a clip's file name: one segment, nothing hidden, no device of Windows' making. */
export function isEvidenceName(name: string): boolean {
  return name !== '' && name.length <= 255 && !name.startsWith('.') && !/[/\\:\0]|\.tmp$/.test(name)
}

const FILE_NAME = /^packbench-([A-Za-z0-9._-]{1,8})-(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)\.pbk$/

/** The first eight characters of the station's id tell the files of several stations in one folder apart. */
export function stationPrefix(stationId: string): string {
  return stationId.slice(0, 8)
}

/** `packbench-<station>-<yyyymmdd-hhmmss>.pbk` by the PC's time zone. */
export function backupFileName(stationId: string, at: number): string {
  const date = new Date(at)
  const two = (value: number): string => String(value).padStart(2, '0')
  const day = `${date.getFullYear()}${two(date.getMonth() + 1)}${two(date.getDate())}`
  const time = `${two(date.getHours())}${two(date.getMinutes())}${two(date.getSeconds())}`
  return `packbench-${stationPrefix(stationId)}-${day}-${time}.pbk`
}

/** When a backup of this station was made, milliseconds since 1970; null for every other file. */
export function backupTime(stationId: string, name: string): number | null {
  const match = FILE_NAME.exec(name)
  if (match === null || match[1] !== stationPrefix(stationId)) return null
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(2).map(Number)
  return new Date(year, month - 1, day, hour, minute, second).getTime()
}

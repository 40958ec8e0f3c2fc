/** Why a hub cannot start; the entry point says it to the person and ends with 1. */
export type HubStartFault =
  | { readonly tag: 'directoryInUse'; readonly directory: string }
  | { readonly tag: 'directoryUnwritable'; readonly directory: string; readonly detail: string }
  | { readonly tag: 'directoryClosed'; readonly directory: string; readonly user: string }
  | { readonly tag: 'portTaken'; readonly port: number }
  | { readonly tag: 'addressUnknown'; readonly address: string; readonly detail: string }
  | { readonly tag: 'databaseUnreachable'; readonly address: string; readonly detail: string }
  | { readonly tag: 'databaseUnusable'; readonly address: string; readonly detail: string }
  | { readonly tag: 'databaseBroken'; readonly detail: string }
  | { readonly tag: 'databaseMissing'; readonly detail: string }
  | { readonly tag: 'databaseNeverStarted'; readonly directory: string }
  | { readonly tag: 'tlsUnreadable'; readonly detail: string }

/** Carries a {@link HubStartFault} out of start-up; anything else that is thrown there is a defect. */
export class HubStartError extends Error {
  override readonly name = 'HubStartError'
  constructor(readonly fault: HubStartFault) {
    super(fault.tag)
  }
}

/** One thing said in the two languages of the people who run a hub. */
export interface Bilingual {
  readonly zh: string
  readonly en: string
}

/** The fault in one sentence of each language, and what to do about it. */
export function describeHubStartFault(fault: HubStartFault): Bilingual {
  switch (fault.tag) {
    case 'directoryInUse':
      return {
        zh: `数据目录已被另一个中心进程使用：${fault.directory}。请先停止它，或用 --data 指定另一个目录。`,
        en: `The data directory is in use by another hub: ${fault.directory}. Stop that one first, or name another directory with --data.`,
      }
    case 'directoryUnwritable':
      return {
        zh: `无法写入数据目录：${fault.directory}（${fault.detail}）。请检查权限和剩余空间。`,
        en: `The data directory cannot be written: ${fault.directory} (${fault.detail}). Check its permissions and the free space.`,
      }
    case 'directoryClosed':
      return {
        zh: `以 root 运行时数据库由用户 ${fault.user} 运行，但它进不了目录 ${fault.directory}。请用普通用户运行，或把数据放在它能到达的目录。`,
        en: `As root, the database runs as user ${fault.user}, who may not enter ${fault.directory}. Run the hub as an ordinary user, or keep the data where that user can get to.`,
      }
    case 'portTaken':
      return {
        zh: `端口 ${fault.port} 已被占用。请关闭占用它的程序，或用 --port 指定另一个端口。`,
        en: `Port ${fault.port} is taken. Close the program that holds it, or name another port with --port.`,
      }
    case 'addressUnknown':
      return {
        zh: `本机没有地址 ${fault.address}（${fault.detail}）。请检查 --host。`,
        en: `This computer has no address ${fault.address} (${fault.detail}). Check --host.`,
      }
    case 'databaseUnreachable':
      return {
        zh: `连不上数据库 ${fault.address}（${fault.detail}）。请检查地址、密码，以及 PostgreSQL 是否在运行。`,
        en: `The database ${fault.address} cannot be reached (${fault.detail}). Check the address, the password, and that PostgreSQL is running.`,
      }
    case 'databaseUnusable':
      return {
        zh: `数据库 ${fault.address} 无法用于中心：${fault.detail}`,
        en: `The database ${fault.address} cannot serve this hub: ${fault.detail}`,
      }
    case 'databaseBroken':
      return {
        zh: `内置数据库无法启动：${fault.detail}`,
        en: `The embedded database does not start: ${fault.detail}`,
      }
    case 'databaseMissing':
      return {
        zh: `这台电脑没有内置数据库的程序（${fault.detail}）。请运行 npm install，或用 --database 指定一个 PostgreSQL。`,
        en: `The embedded database's program is not here (${fault.detail}). Run npm install, or name a PostgreSQL with --database.`,
      }
    case 'databaseNeverStarted':
      return {
        zh: `目录 ${fault.directory} 里还没有中心的数据库。请先启动一次中心。`,
        en: `There is no hub's database in ${fault.directory} yet. Start the hub there first.`,
      }
    case 'tlsUnreadable':
      return {
        zh: `无法使用 TLS 证书或私钥：${fault.detail}`,
        en: `The TLS certificate or key cannot be used: ${fault.detail}`,
      }
  }
}

/** Says something to the person who runs the hub: standard output is for the one line that programs wait for. */
export function tell({ zh, en }: Bilingual): void {
  process.stderr.write(`${zh}\n${en}\n`)
}

/** The message of anything thrown; an AggregateError (both address families refused) has none of its own. */
export function thrownText(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(thrownText).join('; ')
  return error instanceof Error ? error.message : String(error)
}

/** The code of a system or PostgreSQL error, or null. */
export function thrownCode(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('code' in error)) return null
  return typeof error.code === 'string' ? error.code : null
}

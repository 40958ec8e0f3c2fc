/** Why a station cannot open its data directory; the entry points put it into words for the person. */
export type StartFault =
  | { readonly tag: 'directoryInUse'; readonly directory: string; readonly pid: number }
  | { readonly tag: 'directoryUnwritable'; readonly directory: string; readonly detail: string }
  | { readonly tag: 'diskFull'; readonly directory: string; readonly detail: string }

/** Carries a {@link StartFault} out of start-up; anything else that is thrown there is a defect. */
export class StartError extends Error {
  override readonly name = 'StartError'
  constructor(readonly fault: StartFault) {
    super(`${fault.tag}: ${fault.directory}`)
  }
}

/** The fault in one sentence of each language, for a dialog or standard error: no renderer is up to translate it. */
export function describeStartFault(fault: StartFault): { readonly zh: string; readonly en: string } {
  switch (fault.tag) {
    case 'directoryInUse':
      return {
        zh: `数据目录已被另一个工作站进程（进程号 ${fault.pid}）使用：${fault.directory}。请先关闭它，或用 --data 指定另一个目录。`,
        en: `The data directory is in use by another station (process ${fault.pid}): ${fault.directory}. Close that one first, or name another directory with --data.`,
      }
    case 'directoryUnwritable':
      return {
        zh: `无法写入数据目录：${fault.directory}（${fault.detail}）。请检查权限，或用 --data 指定另一个目录。`,
        en: `The data directory cannot be written: ${fault.directory} (${fault.detail}). Check its permissions, or name another directory with --data.`,
      }
    case 'diskFull':
      return {
        zh: `磁盘已满，无法打开数据目录：${fault.directory}。请先腾出空间；已有数据不受影响。`,
        en: `The disk is full and the data directory cannot be opened: ${fault.directory}. Free some space first; what is there is untouched.`,
      }
  }
}

/** Works on the station's live database past the application; for filling, for which a benchmark has no time. */
export async function withLive<T>(work: (database: IDBDatabase) => Promise<T>): Promise<T> {
  const live = (await indexedDB.databases()).find(({ name }) => name?.startsWith('packbench-live-'))
  if (live?.name === undefined) throw new Error('no live database')
  const request = indexedDB.open(live.name)
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
  try {
    return await work(database)
  } finally {
    database.close()
  }
}

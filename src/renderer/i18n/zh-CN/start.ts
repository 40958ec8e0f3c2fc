/** From opening the window to a running station. */
export const start = {
  connecting: '正在打开工作站…',
  fault: {
    title: '打不开',
    happened: '工作站打不开：{{detail}}',
    kept: '已经记下的数据都在，没有改动。',
    todo: '重新打开本页；如果不行，请退出并再次启动 Packbench。',
  },
  slow: {
    title: '比平时慢',
    waitsFor: {
      host: 'Packbench 在本机的服务（打印、文件）没有回应。',
      database: '浏览器的数据库没有打开。可能别的窗口正在更新它，或者硬盘很忙。',
      work: '浏览器的数据库没有回应，可能是硬盘很忙。',
    },
    todo: '可以再等一等。不行就关掉其他 Packbench 窗口，再重新打开；还不行，请退出并再次启动 Packbench。',
  },
  broken: {
    happened: '这个页面出了问题：{{detail}}',
    todo: '重新打开本页；其他页面照常可用。',
    reload: '重新打开',
  },
  demo: {
    loading: '正在准备演示数据…',
    leave: '退出演示',
    shop: '蜀都精品（演示）',
    manager: '张主管',
    clerk: '王收货',
  },
  person: {
    title: '登录',
    hint: '在任何现场页面扫工牌也能登录。',
    who: '谁',
    whoMissing: '请选择人员',
    pin: 'PIN 码',
    pinMissing: '请输入 PIN 码',
    wrong: 'PIN 码不对，请再试一次',
    signIn: '登录',
    signOut: '退出登录',
  },
} as const

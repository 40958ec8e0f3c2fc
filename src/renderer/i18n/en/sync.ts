/** The talk with the hub: joining, status, diagnosis, stations. */
export const sync = {
  hub: {
    title: 'Hub',
    noneTag: 'Works alone',
    noneLead:
      'This PC works alone and needs no hub. To share one stock and one list of orders between PCs, connect it to the shop’s hub.',
    demo: 'Demo data stays on this PC and is never sent. Leave the demo to connect to a hub.',
    managerOnly: 'Connecting, leaving and managing PCs is for a signed-in manager.',
    asking: 'Asking…',
    address: 'Hub address',
    since: 'Connected since',
    heard: 'Last answer',
    never: 'no answer yet',
    waiting: 'Waiting',
    waitingUnit: 'waiting to be sent',
    waitingNone: 'Nothing is waiting; the hub has everything.',
    oldest: 'Oldest: {{at}}',
    progress: 'Received up to',
    progressValue: '{{cursor}} of {{sequence}} records at the hub',
    catchingUp: 'Receiving the other PCs’ records',
    clock: 'Clock against the hub',
    clockGood: 'less than 2 minutes',
    clockSlow: 'this PC is {{minutes}} min slow',
    clockFast: 'this PC is {{minutes}} min fast',
    retry: 'Next try in {{seconds}} s',
    troubleSince: '(since {{at}})',
    syncNow: 'Sync now',
    leave: 'Leave hub…',
    leaveTitle: 'Leave the hub?',
    leaveText:
      'All data stays on this PC and it goes on working alone. What is done here no longer reaches the other PCs, and what they do no longer reaches this one. Coming back takes a new one-time code, and it must be the same hub.',
    leaveWaiting:
      '{{count}} records have not reached the hub. They stay on this PC and are sent when it is connected again.',
    leaveDo: 'Leave',
  },
  phase: {
    offline: 'The hub cannot be reached; work goes on, records wait on this PC',
    pushing: 'Sending this PC’s records to the hub',
    pulling: 'Receiving the other PCs’ records',
    current: 'In step with the hub',
    error: 'Sync has stopped; work goes on',
  },
  form: {
    title: 'Connect to a hub',
    stationName: 'Name of this PC',
    stationNameHint: 'The other PCs see this name, such as: Packing bench 2',
    url: 'Hub address',
    urlHint: 'The address the hub shows when it starts, such as http://192.168.1.5:4400',
    code: 'One-time code',
    codeHint:
      'On a connected PC a manager gets one on “Sync” with “Connect another PC”; the hub gives the first one when it starts.',
    submit: 'Connect',
    openWarning:
      'This address is not encrypted (http). The code and customers’ addresses travel readable over the network. Use it only inside your own network that no stranger can enter; otherwise use https.',
    problem: {
      missing: 'Please fill this in',
      badUrl: 'This is no address. Copy what the hub shows, such as http://192.168.1.5:4400',
      badCode: 'A code has 12 characters, such as 7K3M-XQ2A-09ZD',
      tooLong: 'Too long: 60 characters at most',
    },
  },
  refused: {
    kept: 'Nothing has changed; this PC works as before.',
    codeUnknown: {
      happened: 'The hub does not know this code.',
      todo: 'Compare and type it again; 0 or O, 1 or I make no difference. If it fails again, ask for a new code.',
    },
    codeUsed: {
      happened: 'This code has been used.',
      todo: 'A code connects one PC. Ask the manager for a new one.',
    },
    codeExpired: {
      happened: 'This code has expired.',
      todo: 'A code is good for 24 hours. Ask the manager for a new one.',
    },
    badKey: {
      happened: 'The hub did not accept this PC’s key.',
      todo: 'Try again; if it fails again, update Packbench and connect then.',
    },
    versionTooOld: {
      happened: 'Packbench on this PC is too old for the hub.',
      todo: 'Update Packbench first, then connect.',
    },
    noNetwork: {
      happened: 'This PC has no network.',
      todo: 'Check the cable or the Wi-Fi and try again.',
    },
    nameUnknown: {
      happened: 'No PC of that name was found.',
      todo: 'Compare the address; or use the numbers, such as 192.168.1.5.',
    },
    refused: {
      happened: 'That PC is there, but no hub runs on it.',
      todo: 'Start the hub there, and compare the port at the end of the address (usually 4400).',
    },
    timeout: {
      happened: 'The hub did not answer for a long time.',
      todo: 'Compare the address; see that the PC is on and its firewall lets the port through.',
    },
    tls: {
      happened: 'No encrypted connection: the certificate is not trusted, of another name, or expired.',
      todo: 'Ask whoever runs the hub to check the certificate; a wrong clock on this PC does this too.',
    },
    other: {
      happened: 'Something answers there, but it does not look like a Packbench hub.',
      todo: 'Compare address and port.',
    },
    badUrl: {
      happened: 'This address cannot be used.',
      todo: 'Copy what the hub shows, such as http://192.168.1.5:4400',
    },
    hostGone: {
      happened: 'The program behind this page does not answer.',
      todo: 'Start Packbench again, then try once more.',
    },
    otherWarehouse: {
      happened: 'This code belongs to another warehouse ({{detail}}); this PC’s records cannot go there.',
      todo: 'Ask for a code of this warehouse. The connection was undone.',
    },
    otherHub: {
      happened: 'This is another hub; this PC’s records belong to the first one.',
      todo: 'Connect to the first hub. The connection was undone.',
    },
  },
  code: {
    ask: 'Connect another PC…',
    title: 'Connect another PC',
    lead: 'The code works once and until {{at}}. It is not shown again once this window is closed.',
    step1:
      'Start Packbench on the other PC. At its first start choose “Join a shop that is running” (a PC in use: open “Sync”).',
    step2: 'Type the hub’s address:',
    step3: 'Type the code above and choose “Connect”.',
    hereOnly:
      'This hub address only works on this PC. On the other one type this PC’s address in the network, such as http://192.168.1.5:4400',
    failed: 'No code: the hub did not answer.',
  },
  stations: {
    title: 'PCs connected to the hub',
    name: 'Name',
    state: 'State',
    version: 'Version',
    seen: 'Last seen',
    enrolled: 'Connected since',
    events: 'Records',
    here: 'this PC',
    active: 'active',
    revoked: 'shut out {{at}}',
    revoke: 'Shut out…',
    revokeTitle: 'Shut out “{{name}}”?',
    revokeText:
      'For a PC that is lost or stolen. From now on the hub takes nothing from it and gives it nothing. What it has sent is kept; what it has not sent stays on that PC. To use it again it needs a new code.',
    revokeDo: 'Shut out',
    failed: 'Not done: the hub did not answer.',
    none: 'No list yet: the hub must be reached first.',
  },
  quarantined: {
    title: 'Records the hub keeps apart',
    lead: 'The hub has these records but did not pass them on. Nothing is lost: they count on this PC, so figures may differ between PCs.',
    when: 'Time',
    what: 'Record',
    person: 'Who',
    reason: 'Reason',
    todo: 'What to do',
    none: 'None.',
    malformed: {
      reason: 'not in proper form',
      todo: 'Update Packbench and tell support the number; count the goods if need be.',
    },
    otherContent: {
      reason: 'same number, other content',
      todo: 'Most likely an old backup was restored. Check the goods concerned, count and correct.',
    },
    otherWarehouse: {
      reason: 'of another warehouse',
      todo: 'See whether this PC is connected to this warehouse’s hub.',
    },
    otherStation: {
      reason: 'of another PC',
      todo: 'The data folder may have been copied. Keep one only and tell support the number.',
    },
    generationClosed: {
      reason: 'from an old copy of this PC',
      todo: 'See whether it was done again in the new copy; if not, do it again.',
    },
    unknown: {
      reason: 'the hub did not say',
      todo: 'Tell support the number; count the goods if need be.',
    },
  },
  diagnose: {
    button: 'Diagnose',
    running: 'Checking…',
    title: 'Diagnosis',
    cause: 'Cause',
    remedy: 'What to do',
    detail: 'Detail',
  },
  finding: {
    hostGone: {
      cause: 'The program behind this page does not answer.',
      remedy: 'Start Packbench again. Recorded work is safe.',
    },
    noNetwork: {
      cause: 'This PC has no network.',
      remedy: 'Check the cable or the Wi-Fi. Work goes on; what waits is sent by itself later.',
    },
    nameUnknown: {
      cause: 'The name in the hub’s address is not found.',
      remedy: 'Check the router; or leave the hub and connect by its numeric address.',
    },
    hubDown: {
      cause: 'The hub is not running, or address or port are wrong.',
      remedy: 'See whether the hub’s PC is on; start the hub again. Work goes on.',
    },
    timeout: {
      cause: 'The hub does not answer in time: a slow network or a firewall.',
      remedy: 'Check network and firewall; it is tried again by itself.',
    },
    tls: {
      cause: 'No encrypted connection: the certificate is not trusted, of another name, or expired.',
      remedy: 'Ask whoever runs the hub to check the certificate; compare this PC’s clock.',
    },
    revoked: {
      cause: 'A manager has shut this PC out at the hub.',
      remedy: 'If by mistake: ask for a new code, leave the hub here and connect again. Data is safe here.',
    },
    unknownStation: {
      cause: 'The hub does not know this PC.',
      remedy: 'The hub may have been set up anew. Ask for a new code, leave and connect again.',
    },
    badSignature: {
      cause: 'The hub does not accept this PC’s key.',
      remedy: 'The data folder may have been copied or replaced. Connect again with a new code.',
    },
    versionTooOld: {
      cause: 'Packbench on this PC is too old for the hub.',
      remedy: 'Update Packbench. What waits is not lost.',
    },
    generationClosed: {
      cause: 'A newer copy of this PC is in use; this is the old one.',
      remedy:
        'Do not work on here, use the new one; the hub keeps apart what was done here, have a manager check it.',
    },
    hubBehind: {
      cause: 'The hub is older than this PC: it was restored from an earlier backup ({{detail}}).',
      remedy:
        'Do not leave the hub and do not clear data. Have the hub restored from a newer backup; work goes on.',
    },
    otherHub: {
      cause: 'This is another hub; this PC’s records belong to the first one.',
      remedy: 'Leave this hub and connect to the first one.',
    },
    hubFault: {
      cause: 'The hub had a fault: {{detail}}',
      remedy: 'It is tried again by itself; if it stays so, see the hub’s log.',
    },
    badAnswer: {
      cause: 'The answer makes no sense: {{detail}}',
      remedy: 'Compare the address; update Packbench and the hub.',
    },
    stationFault: {
      cause: 'This PC cannot write its database: {{detail}}',
      remedy: 'Open the page again; if that fails, restart the PC.',
    },
    clockSlow: {
      cause: 'This PC’s clock is {{minutes}} minutes slow.',
      remedy: 'Turn on automatic time in the system settings. Times on papers would be wrong.',
    },
    clockFast: {
      cause: 'This PC’s clock is {{minutes}} minutes fast.',
      remedy: 'Turn on automatic time in the system settings. Times on papers would be wrong.',
    },
    diskFull: {
      cause: 'The disk is nearly full ({{detail}}).',
      remedy: 'Empty the bin and the downloads; free at least 1 GB.',
    },
    journalStuck: {
      cause: 'The journal does not follow, {{count}} behind: {{detail}}',
      remedy: 'See “Journal” below; do not clear the browser’s data.',
    },
    journalLag: {
      cause: 'The journal is {{count}} behind and being written.',
      remedy: 'Wait a moment before shutting the PC down.',
    },
    quarantined: {
      cause: 'The hub keeps {{count}} records apart.',
      remedy: 'See the table below and settle them one by one.',
    },
    alone: {
      cause: 'There is no hub; this PC works alone.',
      remedy: 'Nothing to do; to connect, fill in “Connect to a hub”.',
    },
    allWell: { cause: 'All is well.', remedy: 'Nothing to do.' },
  },
  join: {
    way: 'Join a shop that is running',
    wayHint:
      'Other PCs of the shop are in use and there is a hub? Then there is nothing to fill in: just join.',
    title: 'Join a shop that is running',
    lead: 'People, goods, orders and stock come from the hub. Three things are asked.',
    group: 'This PC and the hub',
    begin: 'Join',
    back: 'Back',
    resumeLead: 'This PC is already connected to the hub {{url}}; only its name is missing.',
    pulling: 'Receiving the shop’s data',
    pullingLead: 'It needs nobody to watch; closed and opened again it goes on from here.',
    counts: '{{people}} people · {{skus}} SKUs · {{orders}} orders',
    goOn: 'Begin to work now',
    goOnHint: 'The rest comes in the background; stock figures are not whole before that.',
    empty:
      'The hub has no people and settings yet. Connect the PC in use to the hub first and let it sync; this page goes on by itself.',
    stuck: 'Receiving has stopped',
    stuckKept: 'What came is kept; it goes on from here afterwards.',
    leave: 'Do not join',
  },
} as const

/** From opening the window to a running station. */
export const start = {
  connecting: 'Opening the station…',
  fault: {
    title: 'It does not open',
    happened: 'The station cannot be opened: {{detail}}',
    kept: 'Everything recorded is still there, unchanged.',
    todo: 'Open this page again; if that does not help, quit and start Packbench once more.',
  },
  slow: {
    title: 'This takes longer than it should',
    waitsFor: {
      host: 'Packbench’s own process on this PC (printing, files) does not answer.',
      database:
        'The browser’s database does not open. Another window may be updating it, or the disk is very busy.',
      work: 'The browser’s database does not answer. The disk may be very busy.',
    },
    todo: 'Waiting may be enough. If not: close other Packbench windows and open again; then quit and start Packbench once more.',
  },
  broken: {
    happened: 'This screen has failed: {{detail}}',
    todo: 'Open it again; the other screens work as before.',
    reload: 'Open again',
  },
  demo: {
    loading: 'Preparing the demo data…',
    leave: 'Leave the demo',
    shop: 'Shudu Boutique (demo)',
    manager: 'Zhang (manager)',
    clerk: 'Wang (clerk)',
  },
  person: {
    title: 'Sign in',
    hint: 'Scanning a badge on any floor screen signs in as well.',
    who: 'Who',
    whoMissing: 'Choose a person',
    pin: 'PIN',
    pinMissing: 'Enter the PIN',
    wrong: 'Wrong PIN, try again',
    signIn: 'Sign in',
    signOut: 'Sign out',
  },
} as const

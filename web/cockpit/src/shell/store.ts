import { localStorageStore, memoryStore, type Store } from 'react-admin';

/** What this browser keeps. */
const KEPT = ['theme', 'locale'];

/** The browser keeps the colours and the language; what was searched for is forgotten with the page. */
export function cockpitStore(): Store {
  const kept = localStorageStore();
  const passing = memoryStore();
  const storeOf = (key: string): Store => (KEPT.includes(key) ? kept : passing);
  return {
    setup: () => {
      kept.setup();
      passing.setup();
      const others = Object.keys(kept.listItems?.() ?? {}).filter((key) => !KEPT.includes(key));
      others.forEach((key) => kept.removeItem(key));
    },
    teardown: () => {
      kept.teardown();
      passing.teardown();
    },
    getItem: (key, fallback) => storeOf(key).getItem(key, fallback),
    setItem: (key, value) => storeOf(key).setItem(key, value),
    removeItem: (key) => storeOf(key).removeItem(key),
    removeItems: (prefix) => passing.removeItems(prefix),
    reset: () => passing.reset(),
    subscribe: (key, listener) => storeOf(key).subscribe(key, listener),
  };
}

import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';
import { PUBLIC_URL } from './gatehouse.js';

/** Where Debian puts it; `CHROMIUM_PATH` names another. */
const PATH = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';

/**
 * A real Chromium without a window, which knows `hosts` (a host name to `127.0.0.1:port`) and no
 * other network.
 */
export async function startChromium(hosts: Readonly<Record<string, string>>): Promise<Browser> {
  if (!existsSync(PATH)) throw new Error(`No Chromium at ${PATH}: install it, or name it in CHROMIUM_PATH`);
  const rules = Object.entries(hosts).map(([name, address]) => `MAP ${name} ${address}`);
  return chromium.launch({
    executablePath: PATH,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      `--host-resolver-rules=${rules.join(', ')}`,
      // As it is under HTTPS: there are no passkeys elsewhere.
      `--unsafely-treat-insecure-origin-as-secure=${PUBLIC_URL}`,
    ],
  });
}

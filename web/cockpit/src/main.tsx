import createCache from '@emotion/cache';
import { CacheProvider } from '@emotion/react';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Cockpit } from './cockpit.js';
import { takeWayBack } from './shell/way-back.js';
import { loadI18nProvider } from './texts/i18n-provider.js';

takeWayBack();

// The styles that components make while they run carry the nonce of this page's policy.
const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce;
const cache = createCache({ key: 'gatehouse', nonce, prepend: true });
const i18nProvider = await loadI18nProvider(document.documentElement.lang);

const root = document.getElementById('cockpit');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <CacheProvider value={cache}>
        <Cockpit i18nProvider={i18nProvider} />
      </CacheProvider>
    </StrictMode>,
  );
}

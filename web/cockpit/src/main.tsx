import createCache from '@emotion/cache';
import { CacheProvider } from '@emotion/react';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Cockpit } from './cockpit.js';

// The styles that components make while they run carry the nonce of this page's policy.
const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce;
const cache = createCache({ key: 'gatehouse', nonce, prepend: true });

const root = document.getElementById('cockpit');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <CacheProvider value={cache}>
        <Cockpit />
      </CacheProvider>
    </StrictMode>,
  );
}

import { defaultDarkTheme, defaultLightTheme, type RaThemeOptions } from 'react-admin';

/** The colours and the letters of the hosted pages. */
const family = { fontFamily: 'system-ui, sans-serif' };

export const light: RaThemeOptions = {
  ...defaultLightTheme,
  typography: family,
  palette: { mode: 'light', primary: { main: '#1a4f8b' }, secondary: { main: '#1a4f8b' } },
};

export const dark: RaThemeOptions = {
  ...defaultDarkTheme,
  typography: family,
  palette: { mode: 'dark', primary: { main: '#9ec5f4' } },
};

import { defaultDarkTheme, defaultLightTheme, type RaThemeOptions } from 'react-admin';

/** The colours and the letters of the hosted pages. */
const family = { fontFamily: 'system-ui, sans-serif' };

/** What says that a list is empty is as readable as the rest. */
const RaEmpty = { styleOverrides: { root: { '& .RaEmpty-message': { opacity: 1, color: 'inherit' } } } };

export const light: RaThemeOptions = {
  ...defaultLightTheme,
  components: { ...defaultLightTheme.components, RaEmpty },
  typography: family,
  palette: { mode: 'light', primary: { main: '#1a4f8b' }, secondary: { main: '#1a4f8b' } },
};

export const dark: RaThemeOptions = {
  ...defaultDarkTheme,
  components: { ...defaultDarkTheme.components, RaEmpty },
  typography: family,
  palette: { mode: 'dark', primary: { main: '#9ec5f4' } },
};

import { useMemo } from 'react';
import { reactRouterProvider, type RouterLocation, type RouterProvider } from 'react-admin';
import { placeOf } from './place.js';

function usePlace(): RouterLocation {
  const location = reactRouterProvider.useLocation();
  return useMemo(() => placeOf(location), [location]);
}

/** The router of react-admin, by which every part of it learns where it is. */
export const routerProvider: RouterProvider = { ...reactRouterProvider, useLocation: usePlace };

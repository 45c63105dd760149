// Who is signed in; null when nobody is. A viewer of null may only mean that the short token ran
// out, so the long one is tried once before the sign-in page is shown.
import { useQuery } from '@tanstack/react-query';
import { refresh } from '~/api/auth.ts';
import { asFault } from '~/api/fault.ts';
import { request } from '~/api/request.ts';
import { ViewerDocument, type ViewerQuery } from '~/api/schema.ts';

export type Viewer = NonNullable<ViewerQuery['viewer']>;
export type Membership = Viewer['people'][number];

export const viewerKey = ['viewer'];

async function fetchViewer(): Promise<Viewer | null> {
  try {
    const first = await request(ViewerDocument, {});
    if (first.viewer !== null) return first.viewer;
    await refresh();
    return (await request(ViewerDocument, {})).viewer;
  } catch (error) {
    if (asFault(error).kind === 'signIn') return null;
    throw error;
  }
}

export function useViewer() {
  return useQuery({ queryKey: viewerKey, queryFn: fetchViewer, staleTime: Infinity });
}

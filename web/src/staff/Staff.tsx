// The staff console: signed in or at the door.
import { QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import { BrowserRouter } from 'react-router';
import { Toasts } from '~/components/toast/Toasts.tsx';
import { Console } from './Console.tsx';
import { makeQueries } from './session/queries.ts';

export function Staff() {
  const [queries] = useState(makeQueries);
  return (
    <QueryClientProvider client={queries}>
      <Toasts>
        <BrowserRouter basename="/staff">
          <Console />
        </BrowserRouter>
      </Toasts>
    </QueryClientProvider>
  );
}

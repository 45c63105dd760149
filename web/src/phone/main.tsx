// The phone page: opens the core in its worker, then shows what the core shows.
import { BrowserRouter } from 'react-router';
import { mount } from '~/components/Page.tsx';
import { CoreClient } from '~/core/client.ts';
import { App } from './App.tsx';
import { CoreProvider } from './core/CoreProvider.tsx';
import { deviceName } from './core/device.ts';
import { UpdateProvider } from './frame/UpdateProvider.tsx';

const startWorker = () =>
  new Worker(new URL('../core/worker.ts', import.meta.url), { type: 'module' });
const core = new CoreClient(startWorker, deviceName(navigator.userAgent), __BUILD__);
core.open();

mount(
  ['common', 'phone'],
  <CoreProvider core={core}>
    <UpdateProvider>
      <BrowserRouter basename="/phone">
        <App />
      </BrowserRouter>
    </UpdateProvider>
  </CoreProvider>,
);

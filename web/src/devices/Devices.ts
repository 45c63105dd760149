// The places where a person is signed in: those there are, another name for one, its end.
import { question, type Ask } from '~/api/question.ts';
import {
  DevicesDocument,
  RenameDeviceDocument,
  RevokeDeviceDocument,
  type DeviceRowFragment,
} from '~/api/schema.ts';
import { uuid7 } from '~/api/uuid7.ts';

export class Devices {
  #ask: Ask;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  async list(): Promise<DeviceRowFragment[]> {
    return (await question(this.#ask, DevicesDocument, {})).viewer?.devices ?? [];
  }

  /** `false` when the name was not taken. */
  async rename(device: string, name: string): Promise<boolean> {
    const input = { operationId: uuid7(), device, name };
    const { deviceRename } = await question(this.#ask, RenameDeviceDocument, { input });
    return deviceRename.userErrors.length === 0;
  }

  /** Signs it out from here; a phone destroys its copy at its next contact. */
  async revoke(device: string): Promise<void> {
    const input = { operationId: uuid7(), device };
    await question(this.#ask, RevokeDeviceDocument, { input });
  }
}

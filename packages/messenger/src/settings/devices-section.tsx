import { useState } from "react";
import { useMe, useMessenger } from "../app/messenger-context.tsx";
import { useAction } from "../app/use-action.ts";
import type { DeviceView } from "../client/state.ts";
import { t } from "../messages/catalogue.ts";
import { clockTime, dayAndTime } from "../time/when.ts";
import { Button } from "../ui/button.tsx";
import { AppDialog } from "../ui/dialog.tsx";
import { ErrorNotice } from "../ui/error-notice.tsx";
import { Icon } from "../ui/icon.tsx";
import { Section } from "../ui/page.tsx";
import { Status } from "../ui/status.tsx";

/** The devices of the account, the code for another one, and the way to take one off. */
export function DevicesSection() {
  const messenger = useMessenger();
  const { devices } = useMe();
  const [code, setCode] = useState<{ code: string; expiresAt: number }>();
  const make = useAction(async () => setCode(await messenger.makeLinkCode()));
  return (
    <Section id="devices" title={t("devices.title")}>
      <ul className="devices">
        {devices.map((device) => (
          <li key={device.id}>
            <DeviceLine device={device} />
          </li>
        ))}
      </ul>
      {code === undefined ? (
        <div className="buttons">
          <Button icon="plus" onPress={() => make.run()} isDisabled={make.isBusy}>
            {t("devices.add")}
          </Button>
        </div>
      ) : (
        <div className="code-card">
          <Status>
            {t("devices.code")}
            <span className="code">
              <code>{code.code}</code>
            </span>
          </Status>
          <p className="hint">{t("devices.code-until", { time: clockTime(code.expiresAt) })}</p>
          <p className="hint">{t("devices.code-warning")}</p>
          <div className="buttons">
            <Button onPress={() => setCode(undefined)}>{t("devices.code-done")}</Button>
          </div>
        </div>
      )}
      <ErrorNotice error={make.error} />
    </Section>
  );
}

function DeviceLine({ device }: { device: DeviceView }) {
  const messenger = useMessenger();
  const [isAsking, setIsAsking] = useState(false);
  const remove = useAction(async () => {
    await messenger.removeDevice(device.id);
    setIsAsking(false);
  });
  return (
    <div className="device">
      <Icon name="device" />
      <p>
        <bdi>{device.name}</bdi>
        <span className="hint">
          {device.current ? t("devices.this") : t("devices.since", { at: dayAndTime(device.since) })}
        </span>
      </p>
      {!device.current && (
        <Button look="link" onPress={() => setIsAsking(true)}>
          {t("devices.remove", { name: device.name })}
        </Button>
      )}
      <AppDialog
        title={t("devices.remove-title", { name: device.name })}
        isOpen={isAsking}
        onClose={() => setIsAsking(false)}
        isBusy={remove.isBusy}
      >
        <p>{t("devices.remove-text")}</p>
        <ErrorNotice error={remove.error} />
        <div className="buttons">
          <Button look="alert" onPress={() => remove.run()} isDisabled={remove.isBusy}>
            {t("devices.remove-do")}
          </Button>
          <Button look="link" onPress={() => setIsAsking(false)}>
            {t("common.cancel")}
          </Button>
        </div>
      </AppDialog>
    </div>
  );
}

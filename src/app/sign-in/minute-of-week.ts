/** The minute of the week in a zone, 0 at midnight before Monday; null where nobody knows the zone. */
export function minuteOfWeek(zone: string, now: number): number | null {
  try {
    const parts = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      weekday: 'short',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    }).formatToParts(now);
    const part = (type: Intl.DateTimeFormatPartTypes): string => parts.find((each) => each.type === type)?.value ?? '';
    const day = DAYS.indexOf(part('weekday'));
    const minute = (day * 24 + Number(part('hour'))) * 60 + Number(part('minute'));
    return day < 0 || !Number.isFinite(minute) ? null : minute;
  } catch {
    return null;
  }
}

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

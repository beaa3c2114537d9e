export const presetNames = ['smsir', 'melipayamak', 'ghasedak', 'farazsms', 'candoo', 'kannel'] as const;

export type PresetName = (typeof presetNames)[number];

/** The parts of a gateway's settings that its provider decides. */
export interface GatewayPreset {
  request: object;
  response: object;
  inbound?: object;
}

const proof = { as: 'query', name: 'key' };

/**
 * Providers whose interfaces are public. Each part can be written anew beside the preset, since providers change theirs; the maps of
 * what they push follow their panels' own names of the fields.
 */
export const gatewayPresets: Record<PresetName, GatewayPreset> = {
  smsir: {
    request: {
      url: 'https://api.sms.ir/v1/send/bulk',
      headers: { 'x-api-key': '{secret}' },
      body: { as: 'json', value: { lineNumber: '{from}', messageText: '{text}', mobiles: ['{toNational}'] } },
    },
    response: { success: { path: 'status', values: [1] }, id: 'data.messageIds[0]', error: 'message' },
    inbound: {
      proof,
      message: { from: 'from', text: 'message', id: 'id' },
      status: { id: 'id', state: 'status', states: { '1': 'delivered', '2': 'failed', '3': 'sent', '4': 'failed' } },
    },
  },
  melipayamak: {
    request: {
      url: 'https://rest.payamak-panel.com/api/SendSMS/SendSMS',
      body: {
        as: 'form',
        fields: {
          username: '{user}',
          password: '{secret}',
          to: '{toNational}',
          from: '{from}',
          text: '{text}',
          isflash: 'false',
        },
      },
    },
    response: { success: { path: 'RetStatus', values: [1] }, id: 'Value', needsId: true, error: 'StrRetStatus' },
    inbound: {
      proof,
      message: { from: 'from', text: 'text', id: 'id' },
      status: {
        id: 'recId',
        state: 'status',
        states: { '1': 'delivered', '2': 'failed', '8': 'sent', '16': 'failed' },
      },
    },
  },
  ghasedak: {
    request: {
      url: 'https://api.ghasedak.me/v2/sms/send/simple',
      headers: { apikey: '{secret}' },
      body: {
        as: 'form',
        fields: { message: '{text}', receptor: '{toNational}', linenumber: '{from}', checkid: '{id}' },
      },
    },
    response: { success: { path: 'result.code', values: [200] }, id: 'items[0]', error: 'result.message' },
    inbound: {
      proof,
      message: { from: 'from', text: 'message', id: 'messageid' },
      status: {
        id: 'messageid',
        state: 'status',
        states: { '1': 'sent', '2': 'delivered', '3': 'failed', '4': 'failed' },
      },
    },
  },
  farazsms: {
    request: {
      url: 'https://edge.ippanel.com/v1/api/send',
      headers: { authorization: '{secret}' },
      body: {
        as: 'json',
        value: {
          sending_type: 'webservice',
          from_number: '{from}',
          message: '{text}',
          params: { recipients: ['{to}'] },
        },
      },
    },
    response: {
      success: { path: 'meta.status', values: [true] },
      id: 'data.message_outbox_ids[0]',
      error: 'meta.message',
    },
    inbound: {
      proof,
      message: { from: 'from', text: 'message', id: 'message_id' },
      status: { id: 'id', state: 'status', states: { delivered: 'delivered', sent: 'sent', failed: 'failed' } },
    },
  },
  candoo: {
    request: {
      url: 'https://my.candoosms.com/services/rest/index.php',
      body: {
        as: 'json',
        value: {
          method: 'Send',
          username: '{user}',
          password: '{secret}',
          srcNumber: '{from}',
          body: '{text}',
          destNo: ['{toNational}'],
          flash: '0',
        },
      },
    },
    response: { needsId: true, id: '[0].ID', error: '[0].ID' },
    inbound: { proof, message: { from: 'from', text: 'body', id: 'id' } },
  },
  // Kannel reports to the address that each message names, under our own id.
  kannel: {
    request: {
      method: 'GET',
      url:
        'http://127.0.0.1:13013/cgi-bin/sendsms?username={user}&password={secret}&from={from}&to={to}' +
        '&charset=UTF-8&coding={coding}&text={text}' +
        '&dlr-mask=31&dlr-url={hook}%3Fkey%3D{inboundSecret}%26dlr%3D{id}%26status%3D%25d',
    },
    response: { reportsOwnId: true },
    inbound: {
      proof,
      message: { from: 'from', text: 'text', id: 'id', charset: 'charset' },
      status: {
        id: 'dlr',
        state: 'status',
        states: { '1': 'delivered', '2': 'failed', '4': 'sent', '8': 'sent', '16': 'failed' },
      },
    },
  },
};

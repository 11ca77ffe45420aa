// @vitest-environment happy-dom
import { cleanup, fireEvent, screen } from '@testing-library/react'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { draw } from './draw-page.fixture.tsx'
import { RequestBar } from './RequestBar.tsx'
import { traceOf } from './small-lab.fixture.ts'

afterEach(cleanup)

describe('the request bar', () => {
  test('sends what was typed, at Enter', async () => {
    const { lab } = await draw(<RequestBar opening={false} />)
    fireEvent.change(screen.getByLabelText('What to ask for'), { target: { value: 'http://nginx/' } })
    fireEvent.submit(screen.getByRole('form', { name: 'Request' }))
    await vi.waitFor(() =>
      expect(lab.send).toHaveBeenCalledWith(expect.objectContaining({ url: 'http://nginx/' })),
    )
  })

  test('says under the field why an empty one is not sent', async () => {
    const { lab } = await draw(<RequestBar opening={false} />)
    fireEvent.click(screen.getByRole('button', { name: 'Send' }))
    expect((await screen.findByRole('alert')).textContent).toContain('Write what to ask for')
    expect(screen.getByLabelText('What to ask for').getAttribute('aria-invalid')).toBe('true')
    expect(lab.send).not.toHaveBeenCalled()
  })

  test('keeps headers and body behind the chevron, and hides the method where it does not count', async () => {
    const { state } = await draw(<RequestBar opening={false} />)
    fireEvent.click(screen.getByRole('button', { name: 'Headers, body, seed, faults' }))
    fireEvent.change(screen.getByLabelText('Headers, one a line'), { target: { value: 'Host: web01' } })
    expect(state().request.headersText).toBe('Host: web01')
    fireEvent.change(screen.getByLabelText('What to ask for'), { target: { value: 'ping nginx' } })
    expect(screen.queryByLabelText('Method')).toBeNull()
    expect(screen.queryByLabelText('Body')).toBeNull()
  })

  test('calls Send Again while the picture is older than the cluster', async () => {
    const { store, state } = await draw(<RequestBar opening={false} />)
    const request = { from: 'pod/default/pod', url: 'http://nginx/', method: 'GET', headers: [], seed: 1 }
    store.setState({ trace: traceOf(request, 2), tracedRevision: state().snapshot.revision - 1 })
    expect(await screen.findByRole('button', { name: 'Again' })).toBeDefined()
  })

  test('switches the fault on behind the chevron, and sends it along', async () => {
    const { lab } = await draw(<RequestBar opening={false} />)
    fireEvent.change(screen.getByLabelText('What to ask for'), { target: { value: 'http://nginx/' } })
    fireEvent.click(screen.getByRole('button', { name: 'Headers, body, seed, faults' }))
    fireEvent.click(screen.getByRole('checkbox', { name: /A and AAAA race/ }))
    fireEvent.submit(screen.getByRole('form', { name: 'Request' }))
    await vi.waitFor(() =>
      expect(lab.send).toHaveBeenCalledWith(expect.objectContaining({ faults: ['conntrack-race'] })),
    )
  })

  test('moves on to the next seed', async () => {
    const { state } = await draw(<RequestBar opening={false} />)
    const { seed } = state().request
    fireEvent.click(screen.getByRole('button', { name: 'Another draw' }))
    expect(state().request.seed).toBe(seed + 1)
  })

  test('marks the headers, not the URL, where a header is wrong; a ping has none', async () => {
    const { state } = await draw(<RequestBar opening={false} />)
    state().requestEdited({ url: 'http://nginx/', headersText: 'nonsense' })
    fireEvent.click(screen.getByRole('button', { name: 'Send' }))
    expect((await screen.findByRole('alert')).textContent).toContain('nonsense')
    expect(screen.getByLabelText('What to ask for').getAttribute('aria-invalid')).toBe('false')
    fireEvent.click(screen.getByRole('button', { name: 'Headers, body, seed, faults' }))
    expect(screen.getByLabelText('Headers, one a line').getAttribute('aria-invalid')).toBe('true')

    state().requestEdited({ url: 'ping nginx' })
    fireEvent.click(screen.getByRole('button', { name: 'Send' }))
    expect(state().requestProblem).toBeUndefined()
  })
})

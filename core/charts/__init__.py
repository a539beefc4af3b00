"""Frames to pictures: a figure, what it shows in words, its legend, and the same as a table.

Every drawing function takes frames in UTC and a `Look`, and returns a `Picture`. Times become the
centre's wall clock here and nowhere earlier. Charts compute nothing that a decision rests on, ask
nobody for the theme, and never raise on an empty frame.

theme           colours, fonts, the layout every figure begins with
numbers, times  numbers and times as people read them; screens use them too
picture         what a drawing function takes and returns
timeline        UTC hours to wall clock; open stretches, closed spans, values without NaN
ticks           ticks of differences, with their sign
canvas          a figure in the making: panels over one another on one time axis
traces          lines, bands, steps and bars
ground          closed hours, "now", levels, clock changes
time_axis       hours, days, or open hours only
rates           answer rate: history and forecast
series          one series in a panel, answer rate or volume
decomposition   what a series is made of, panel by panel
volumes         contacts: history, forecast, low-volume windows, today
components      trend, weekday and hour of day as small multiples
agents          agents by hour, and hours of which nothing is known
pacing          forecast, agents and recommendation on one hour axis
overview        agents today, error by lead time
"""

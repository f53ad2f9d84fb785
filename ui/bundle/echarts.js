// The parts of Apache ECharts that the pages draw with; the bundler leaves the others out.
import { init, use } from 'echarts/core';
import { BarChart } from 'echarts/charts';
import { AriaComponent, GridComponent, TooltipComponent } from 'echarts/components';
import { CanvasRenderer } from 'echarts/renderers';

use([BarChart, AriaComponent, GridComponent, TooltipComponent, CanvasRenderer]);

export { init };
